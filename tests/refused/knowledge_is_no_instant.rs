use delisted::{Act, Register, Store, Subject, time::Known};

fn main() {
    let subject = Subject::new("chat".parse().unwrap(), Store::APP_STORE, "US".parse().unwrap(), Act::Download);
    let _ = Register::default().determine(&subject, Known::Best);
}
