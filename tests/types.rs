//! Programs that must not compile, and what the library is to other programs.

use delisted::{
    Explanation, Register, determination::Determination, io::ReadError, register::AppendError, time::Timeline,
};

#[test]
fn wrong_programs_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/refused/*.rs");
}

#[test]
fn everything_can_be_sent_and_shared_between_threads() {
    fn shared<T: Send + Sync + 'static>() {}
    shared::<Register>();
    shared::<Determination>();
    shared::<Explanation>();
    shared::<Timeline<Determination>>();
    shared::<AppendError>();
    shared::<ReadError>();
}
