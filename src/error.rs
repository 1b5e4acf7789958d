//! What every error message of the library has in common.
//!
//! An *error* here is a refusal while something is being built: a register, a scope, an identifier.
//! It is not an answer: asking cannot fail. Each operation has an error enum of its own, in its own
//! room; this module holds only what they share, the guess at what was meant.

use std::fmt;

/// A guess at what was meant by a word that is not known.
///
/// It prints as a clause that closes an error message, or as nothing where no known word is near.
///
/// ```
/// use delisted::error::Suggestion;
///
/// let near = Suggestion::among("wechatt", ["wechat", "wecom", "tiktok"]);
/// assert_eq!(near.to_string(), "; did you mean `wechat`?");
/// assert_eq!(near.word(), Some("wechat"));
///
/// let far = Suggestion::among("signal", ["wechat", "wecom"]);
/// assert_eq!(far.to_string(), "");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suggestion {
    word: Option<String>,
}

impl Suggestion {
    /// The known word nearest to `wrong`, if one is near enough to be a slip of the pen.
    ///
    /// Near enough is an edit distance (Damerau and Levenshtein, adjacent swaps count once) of at
    /// most a third of the wrong word's length, and of at most one for words of up to four letters.
    /// Of equally near words the first in alphabetical order is taken.
    ///
    /// ```
    /// use delisted::error::Suggestion;
    ///
    /// assert_eq!(Suggestion::among("udpate", ["download", "update"]).word(), Some("update"));
    /// ```
    pub fn among<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let longest = wrong.chars().count().max(3).div_ceil(3);
        let word = known
            .into_iter()
            .map(|word| (strsim::osa_distance(wrong, word), word))
            .filter(|(distance, _)| *distance <= longest)
            .min()
            .map(|(_, word)| word.to_owned());
        Self { word }
    }

    /// The word itself, where there is one.
    ///
    /// ```
    /// use delisted::error::Suggestion;
    ///
    /// assert_eq!(Suggestion::default().word(), None);
    /// ```
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        self.word.as_deref()
    }
}

impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.word {
            Some(word) => write!(f, "; did you mean `{word}`?"),
            None => Ok(()),
        }
    }
}
