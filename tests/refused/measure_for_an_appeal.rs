use delisted::{InstrumentId, law::Measure, register::Event};

fn main() {
    let order = Measure::from(InstrumentId::new("order").unwrap());
    let _ = Event::MandateIssued { appeal: order };
}
