//! What is said between this program and its helper: lines of text.

/// To the helper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// Begins to speak. The turn comes back in what is told of it.
    Speak { turn: u64, words: String },
    /// Ends what is being spoken.
    Stop,
}

/// From the helper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// The voice is there. What it is, for people.
    Ready(String),
    /// There is a service, and its voices are being looked through: that may take seconds.
    Looking,
    /// There is no voice of that name; the nearest ones.
    Unknown(Vec<String>),
    /// It cannot be used, and why.
    Failed(String),
    /// The engine answers; whether it speaks.
    Alive { speaking: bool },
    /// The engine has taken the words of that turn.
    Taken(u64),
    /// They are heard.
    Began(u64),
    /// They are over.
    Ended(u64),
    /// The helper is gone. Told by whoever reads its lines, never by itself.
    Gone,
}

impl Order {
    /// Without the end of the line.
    pub fn to_line(&self) -> String {
        match self {
            Self::Speak { turn, words } => {
                // A line is a line: no voice makes anything of a break.
                let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
                format!("speak {turn} {words}")
            }
            Self::Stop => "stop".to_owned(),
        }
    }

    /// `None` for what is no order.
    pub fn read(line: &str) -> Option<Self> {
        match line.split_once(' ') {
            Some(("speak", rest)) => {
                let (turn, words) = rest.split_once(' ')?;
                Some(Self::Speak { turn: turn.parse().ok()?, words: words.to_owned() })
            }
            None if line == "stop" => Some(Self::Stop),
            _ => None,
        }
    }
}

impl Report {
    /// Without the end of the line; empty where nothing can be told.
    pub fn to_line(&self) -> String {
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        match self {
            Self::Ready(name) => format!("ready {}", flat(name)),
            Self::Looking => "looking".to_owned(),
            Self::Unknown(near) => {
                format!("unknown {}", near.iter().map(|name| flat(name)).collect::<Vec<_>>().join("\t"))
            }
            Self::Failed(why) => format!("failed {}", flat(why)),
            Self::Alive { speaking } => format!("alive {speaking}"),
            Self::Taken(turn) => format!("taken {turn}"),
            Self::Began(turn) => format!("began {turn}"),
            Self::Ended(turn) => format!("ended {turn}"),
            Self::Gone => String::new(),
        }
    }

    /// `None` for what is no report: libraries print what they like.
    pub fn read(line: &str) -> Option<Self> {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        Some(match word {
            "ready" => Self::Ready(rest.to_owned()),
            "looking" => Self::Looking,
            "unknown" => {
                Self::Unknown(rest.split('\t').filter(|name| !name.is_empty()).map(str::to_owned).collect())
            }
            "failed" => Self::Failed(rest.to_owned()),
            "alive" => Self::Alive { speaking: rest.parse().ok()? },
            "taken" => Self::Taken(rest.parse().ok()?),
            "began" => Self::Began(rest.parse().ok()?),
            "ended" => Self::Ended(rest.parse().ok()?),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_come_back_from_their_lines() {
        let speak = |words: &str| Order::Speak { turn: 7, words: words.to_owned() };
        assert_eq!(Order::read(&speak("Left side.").to_line()), Some(speak("Left side.")));
        assert_eq!(Order::read(&speak("Two\nlines\r\n stop").to_line()), Some(speak("Two lines stop")));
        assert_eq!(Order::read(&Order::Stop.to_line()), Some(Order::Stop));
        for line in ["", "speak", "speak x y", "stop it"] {
            assert_eq!(Order::read(line), None, "{line}");
        }
    }

    #[test]
    fn reports_come_back_from_their_lines() {
        let all = [
            Report::Ready("speech-dispatcher".to_owned()),
            Report::Looking,
            Report::Unknown(vec!["English (America)".to_owned(), "German".to_owned()]),
            Report::Unknown(Vec::new()),
            Report::Failed("no service".to_owned()),
            Report::Alive { speaking: true },
            Report::Taken(1),
            Report::Began(2),
            Report::Ended(3),
        ];
        for report in all {
            assert_eq!(Report::read(&report.to_line()), Some(report));
        }
        assert_eq!(Report::read("ALSA lib: cannot open"), None);
    }
}
