//! The picture of the four states is the machine's own transition table.
#![allow(clippy::unwrap_used, reason = "tests stop at the first surprise")]

use delisted::status::{Appealed, ImpossibleStep, StatusCourse, StatusEvent};

#[test]
fn the_diagram_in_the_docs_is_drawn_from_the_transition_table() {
    let page = include_str!("../docs/store-status.md");
    let drawn = page.split("```mermaid\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(drawn, StatusCourse::mermaid());
}

#[test]
fn a_step_that_cannot_be_says_what_must_be_so_first() {
    let issued = StatusCourse::new().step(StatusEvent::OrderIssued).unwrap();
    let table = [
        (
            StatusCourse::new(),
            StatusEvent::OrderTookEffect,
            "`order took effect` cannot follow while the status is `listed`: an order must have been issued and not yet have taken effect",
        ),
        (
            StatusCourse::new(),
            StatusEvent::OrderEnded,
            "`order ended` cannot follow while the status is `listed`: an order must have been issued",
        ),
        (
            StatusCourse::new(),
            StatusEvent::ReliefGranted,
            "`relief granted` cannot follow while the status is `listed`: an order must have been issued and no relief granted",
        ),
        (
            issued,
            StatusEvent::OrderIssued,
            "`order issued` cannot follow while the status is `listed`: no order may be recorded already",
        ),
        (
            issued,
            StatusEvent::ReliefStayed,
            "`relief stayed` cannot follow while the status is `listed`: relief must have been granted and not be stayed",
        ),
        (
            issued,
            StatusEvent::StayEnded,
            "`stay ended` cannot follow while the status is `listed`: relief must be stayed",
        ),
        (
            issued,
            StatusEvent::ReliefEnded,
            "`relief ended` cannot follow while the status is `listed`: relief must have been granted",
        ),
        (
            issued,
            StatusEvent::AppealNoticed(Appealed::Relief),
            "`appeal noticed of the relief` cannot follow while the status is `listed`: relief must have been granted and no appeal be open",
        ),
        (
            issued,
            StatusEvent::AppealEnded,
            "`appeal ended` cannot follow while the status is `listed`: an appeal must be open",
        ),
    ];
    for (course, event, text) in table {
        let error = course.step(event).unwrap_err();
        assert_eq!(error, ImpossibleStep { status: course.status(), event });
        assert_eq!(error.to_string(), text);
    }
    let appealed = issued.step(StatusEvent::AppealNoticed(Appealed::Order)).unwrap();
    assert_eq!(
        appealed.step(StatusEvent::AppealNoticed(Appealed::Order)).unwrap_err().to_string(),
        "`appeal noticed of the order` cannot follow while the status is `appealed (the order is under appeal; \
         meanwhile nothing stands in the way)`: an order must have been issued and no appeal be open"
    );
}

#[test]
fn an_impossible_step_leaves_the_course_as_it_was() {
    let course = StatusCourse::new();
    assert!(course.step(StatusEvent::AppealEnded).is_err());
    assert_eq!(course, StatusCourse::new());
}
