/** What a rule of our readers means, by how its name begins. The name itself stands beside it: it is what a bug report needs. */
const MEANINGS: readonly [prefix: string, meaning: string][] = [
  ['session.', 'This showing can be booked'],
  ['performance.', 'This showing is on sale'],
  ['catalogue.', 'Our own programme sells this showing'],
  ['jsonld.', 'The page offers tickets, in the form that search engines read'],
  ['button.', 'The page has a button to book'],
  ['dates.', 'The day is among those that can be booked'],
  ['date.', 'The day can be chosen'],
  ['link.', 'The page leads to times'],
  ['text.', 'The page says so in words'],
]

export const ruleWords = (rule: string): string =>
  MEANINGS.find(([prefix]) => rule.startsWith(prefix))?.[1] ?? 'The page shows it'
