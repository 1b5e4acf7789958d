//! Reading a long CSV of downloads: one row a day of an app in a store and territory.

use std::{collections::BTreeMap, error::Error};

use delisted::downloads::{Day, Reading};

/// App, store and territory as the file names them.
pub(crate) type Name = [String; 3];

/// A series as the columns that the calculators borrow.
pub(crate) struct Column {
    pub(crate) name: Name,
    pub(crate) first: Day,
    /// NaN where the day has no plain count.
    pub(crate) counts: Vec<f64>,
    /// Censored, structural and partial days.
    pub(crate) readings: Vec<(Day, Reading)>,
}

/// What the file holds: a column, or the reason why there is none, for each name in the order of first appearance.
pub(crate) type Columns = Vec<Result<Column, (Name, String)>>;

/// Reads a file with the columns `date`, `app`, `store`, `territory` (or `country`) and `downloads`, in any order.
///
/// A row that cannot be read is the error of its own series, with the line, and spoils no other.
pub(crate) fn read(path: &str) -> Result<Columns, Box<dyn Error>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(path)
        .map_err(|error| format!("`{path}`: {error}"))?;
    let headers = reader.headers()?.clone();
    let place = |names: &[&str]| {
        let found =
            headers.iter().position(|header| names.contains(&header.trim().to_ascii_lowercase().as_str()));
        let has = headers.iter().collect::<Vec<_>>().join(", ");
        found.ok_or_else(|| format!("`{path}` has no column `{}`: its columns are `{has}`", names[0]))
    };
    let (date, downloads) = (place(&["date"])?, place(&["downloads"])?);
    let keys = [place(&["app"])?, place(&["store"])?, place(&["territory", "country"])?];
    let mut order: Vec<Name> = Vec::new();
    let mut series: BTreeMap<Name, Result<BTreeMap<Day, Reading>, String>> = BTreeMap::new();
    // The header is the first line, and no cell of such a file holds a line's end.
    for (line, row) in (2_u64..).zip(reader.records()) {
        let row = row.map_err(|error| format!("`{path}`: {error}"))?;
        let cell = |at: usize| row.get(at).unwrap_or("").trim();
        let name = keys.map(|at| cell(at).to_owned());
        let days = series.entry(name.clone()).or_insert_with(|| {
            order.push(name.clone());
            Ok(BTreeMap::new())
        });
        let Ok(known) = days else { continue };
        let taken = if row.len() == headers.len() {
            take(known, cell(date), cell(downloads))
        } else {
            Err(format!("it has {} cells, and the header has {}", row.len(), headers.len()))
        };
        if let Err(reason) = taken {
            *days = Err(format!("line {line}: {reason}"));
        }
    }
    Ok(order.into_iter().filter_map(|name| series.remove(&name).map(|days| column(name, days))).collect())
}

fn take(days: &mut BTreeMap<Day, Reading>, date: &str, cell: &str) -> Result<(), String> {
    let day: Day = date.parse().map_err(|error: delisted::downloads::DayError| error.to_string())?;
    let reading: Reading = cell.parse().map_err(|error| format!("{day}: {error}"))?;
    match days.insert(day, reading) {
        Some(first) if first != reading => Err(format!("{day}: `{reading}` contradicts `{first}`")),
        _ => Ok(()),
    }
}

fn column(name: Name, days: Result<BTreeMap<Day, Reading>, String>) -> Result<Column, (Name, String)> {
    let days = match days {
        Ok(days) => days,
        Err(reason) => return Err((name, reason)),
    };
    let (Some((first, _)), Some((last, _))) = (days.first_key_value(), days.last_key_value()) else {
        return Err((name, "it has no days".to_owned()));
    };
    let (first, span) = (*first, last.days_since(*first));
    if span > 36_525 {
        return Err((name, format!("its days run from {first} to {last}, over more than a century")));
    }
    let mut counts = vec![f64::NAN; usize::try_from(span).unwrap_or(0) + 1];
    let mut readings = Vec::new();
    for (day, reading) in days {
        match reading {
            Reading::Counted(count) => {
                counts[usize::try_from(day.days_since(first)).unwrap_or(0)] = count.value();
            }
            Reading::Missing => {}
            other => readings.push((day, other)),
        }
    }
    Ok(Column { name, first, counts, readings })
}
