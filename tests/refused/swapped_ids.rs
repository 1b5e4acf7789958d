use delisted::{Act, AppId, InstrumentId, Store, Subject};

fn main() {
    let order = InstrumentId::new("order").unwrap();
    let _: AppId = order.clone();
    let _ = Subject::new(order, Store::APP_STORE, "US".parse().unwrap(), Act::Download);
}
