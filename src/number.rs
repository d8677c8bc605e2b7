//! Numbers as English words, the American way: "one hundred five".

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES: [(u64, &str); 5] = [
    (1_000_000_000_000, "trillion"),
    (1_000_000_000, "billion"),
    (1_000_000, "million"),
    (1_000, "thousand"),
    (100, "hundred"),
];
const ORDINALS: [(&str, &str); 7] = [
    ("one", "first"),
    ("two", "second"),
    ("three", "third"),
    ("five", "fifth"),
    ("eight", "eighth"),
    ("nine", "ninth"),
    ("twelve", "twelfth"),
];

/// "forty-two" for 42.
pub fn cardinal(n: u64) -> String {
    for (scale, name) in SCALES {
        match (n / scale, n % scale) {
            (0, _) => {}
            (count, 0) => return format!("{} {name}", cardinal(count)),
            (count, rest) => return format!("{} {name} {}", cardinal(count), cardinal(rest)),
        }
    }
    match (n / 10, n % 10) {
        (_, _) if n < 20 => ONES[n as usize].into(),
        (tens, 0) => TENS[tens as usize].into(),
        (tens, ones) => format!("{}-{}", TENS[tens as usize], ONES[ones as usize]),
    }
}

/// "forty-second" for 42.
pub fn ordinal(n: u64) -> String {
    let words = cardinal(n);
    let cut = words.rfind([' ', '-']).map_or(0, |i| i + 1);
    let (head, last) = words.split_at(cut);
    let irregular = ORDINALS.iter().find(|(word, _)| *word == last);
    match (irregular, last.strip_suffix('y')) {
        (Some((_, ordinal)), _) => format!("{head}{ordinal}"),
        (None, Some(stem)) => format!("{head}{stem}ieth"),
        (None, None) => format!("{head}{last}th"),
    }
}

/// The digits one by one.
pub fn digits(text: &str) -> String {
    let names: Vec<&str> = text.chars().filter_map(|c| c.to_digit(10)).map(|d| ONES[d as usize]).collect();
    names.join(" ")
}

/// A run of digits as a number; as digits when it has leading zeros or is too long to be grasped.
pub fn whole(text: &str) -> String {
    match text.parse() {
        Ok(n) if text.len() <= 15 && (text.len() == 1 || !text.starts_with('0')) => cardinal(n),
        _ => digits(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_words() {
        for (value, words) in [
            (0, "zero"),
            (13, "thirteen"),
            (20, "twenty"),
            (47, "forty-seven"),
            (100, "one hundred"),
            (512, "five hundred twelve"),
            (1_000, "one thousand"),
            (2_000_030, "two million thirty"),
        ] {
            assert_eq!(cardinal(value), words);
        }
        assert_eq!(ordinal(22), "twenty-second");
        assert_eq!(digits("007"), "zero zero seven");
        assert_eq!((whole("12"), whole("012")), ("twelve".to_owned(), "zero one two".to_owned()));
    }
}
