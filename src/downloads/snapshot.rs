//! A watch at rest: its state as whole numbers, so that it comes back to the last bit.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Watch, follow::Follow};

/// The version of the form that is written.
const VERSION: u32 = 1;

/// The state of a watch: the version of its form, and the bits of its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Snapshot {
    version: u32,
    bits: Vec<u64>,
}

/// Why a snapshot is not the state of a watch.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum SnapshotError {
    #[error("the state of a watch has version `{version}`: this library reads version {VERSION}")]
    Version { version: u32 },
    #[error("the state of a watch has `{numbers}` numbers: one of version {VERSION} has {expected}")]
    Length { numbers: usize, expected: usize },
    #[error("the state of a watch holds a number that no watch reaches")]
    Unreachable,
}

impl From<Watch> for Snapshot {
    fn from(watch: Watch) -> Self {
        Self { version: VERSION, bits: watch.follow.to_bits() }
    }
}

impl TryFrom<Snapshot> for Watch {
    type Error = SnapshotError;

    fn try_from(snapshot: Snapshot) -> Result<Self, Self::Error> {
        if snapshot.version != VERSION {
            return Err(SnapshotError::Version { version: snapshot.version });
        }
        let expected = Follow::default().to_bits().len();
        if snapshot.bits.len() != expected {
            return Err(SnapshotError::Length { numbers: snapshot.bits.len(), expected });
        }
        let follow = Follow::from_bits(&snapshot.bits).ok_or(SnapshotError::Unreachable)?;
        Ok(Self { follow })
    }
}
