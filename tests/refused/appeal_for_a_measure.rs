use delisted::{AppealId, law::{Relief, ReliefKind}};

fn main() {
    let appeal = AppealId::new("appeal").unwrap();
    let _ = Relief::new("stay".parse().unwrap(), ReliefKind::Stay, [appeal]);
}
