use super::Determination;
use crate::{
    Register,
    market::Subject,
    register::{Entry, ExtendError, Warning},
    time::{AsOf, Known, Timeline},
};

/// A copy of a register with entries that were never made, beside the register as it is.
///
/// A what-if says what would follow mechanically. It does not say that it was likely.
///
/// ```
/// use delisted::{Act, Register, Store, Subject, time::instant};
///
/// let register = Register::default();
/// let what_if = register.what_if([])?;
/// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
/// assert!(!what_if.compare(&subject, instant("2020-10-27T00:00:00Z")?).differs());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct WhatIf<'a> {
    actual: &'a Register,
    hypothetical: Register,
    warnings: Vec<Warning>,
}

/// One answer as it is, and as it would be.
///
/// ```
/// use delisted::{Act, Register, Store, Subject, time::instant};
///
/// let register = Register::default();
/// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
/// let difference = register.what_if([])?.compare(&subject, instant("2020-10-27T00:00:00Z")?);
/// assert_eq!(difference.actual, difference.hypothetical);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The answer of the register as it is.
    pub actual: Determination,
    /// The answer with the hypothetical entries.
    pub hypothetical: Determination,
}

impl Difference {
    /// Whether requirement, marks or grounds differ.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, time::instant};
    ///
    /// let register = Register::default();
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let difference = register.what_if([])?.compare(&subject, instant("2020-10-27T00:00:00Z")?);
    /// assert!(!difference.differs());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn differs(&self) -> bool {
        self.actual != self.hypothetical
    }
}

impl WhatIf<'_> {
    /// The copy of the register with the hypothetical entries.
    ///
    /// ```
    /// use delisted::{Register, market::{AppDeclared, Declaration}, register::{Entry, Event}, time::instant};
    ///
    /// # let day = instant("2024-05-21T00:00:00Z")?;
    /// let mut register = Register::default();
    /// register.declare(Declaration::App(AppDeclared::new("wechat".parse()?, "WeChat")))?;
    /// let renamed = Event::AppRenamed { app: "wechat".parse()?, name: "Weixin".into() };
    /// let entry = Entry::build("renamed".parse()?, renamed).entered(day).recorded(day);
    /// let entry = entry.citation("none; imagined").source("https://example.org").finish()?;
    /// let what_if = register.what_if([entry])?;
    /// assert_eq!((register.entries().len(), what_if.register().entries().len()), (0, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn register(&self) -> &Register {
        &self.hypothetical
    }

    /// What is odd about the hypothetical entries.
    ///
    /// ```
    /// let register = delisted::Register::default();
    /// assert!(register.what_if([])?.warnings().is_empty());
    /// # Ok::<(), delisted::register::ExtendError>(())
    /// ```
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// One answer as it is, and as it would be.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, time::instant};
    ///
    /// let register = Register::default();
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let (what_if, day) = (register.what_if([])?, instant("2020-10-27T00:00:00Z")?);
    /// assert_eq!(what_if.compare(&subject, day).actual, register.determine(&subject, day));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn compare(&self, subject: &Subject, as_of: impl Into<AsOf>) -> Difference {
        let as_of = as_of.into();
        Difference {
            actual: self.actual.determine(subject, as_of),
            hypothetical: self.hypothetical.determine(subject, as_of),
        }
    }

    /// The whole life of a subject as it is, and as it would be.
    ///
    /// ```
    /// use delisted::{Act, Register, Store, Subject, time::Known};
    ///
    /// let register = Register::default();
    /// let subject = Subject::new("wechat".parse()?, Store::APP_STORE, "US".parse()?, Act::Download);
    /// let (actual, hypothetical) = register.what_if([])?.compare_timelines(&subject, Known::Best);
    /// assert_eq!(actual, hypothetical);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn compare_timelines(
        &self,
        subject: &Subject,
        known: impl Into<Known>,
    ) -> (Timeline<Determination>, Timeline<Determination>) {
        let known = known.into();
        (self.actual.timeline(subject, known), self.hypothetical.timeline(subject, known))
    }
}

impl Register {
    /// The answers had these entries been made too. The register itself stays as it is.
    ///
    /// ```
    /// let register = delisted::Register::default();
    /// assert!(register.what_if([])?.warnings().is_empty());
    /// # Ok::<(), delisted::register::ExtendError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// - as [`extend`](Self::extend).
    pub fn what_if(&self, entries: impl IntoIterator<Item = Entry>) -> Result<WhatIf<'_>, ExtendError> {
        let mut hypothetical = self.clone();
        let warnings = hypothetical.extend(entries)?;
        Ok(WhatIf { actual: self, hypothetical, warnings })
    }
}
