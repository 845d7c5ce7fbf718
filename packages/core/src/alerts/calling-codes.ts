/** Countries by what their numbers begin with, as the form names them. Several share +1. */
const NAMES: Record<string, string> = {
  '+1': 'United States and Canada',
  '+7': 'Kazakhstan and Russia',
  '+20': 'Egypt',
  '+27': 'South Africa',
  '+31': 'Netherlands',
  '+32': 'Belgium',
  '+33': 'France',
  '+34': 'Spain',
  '+39': 'Italy',
  '+41': 'Switzerland',
  '+43': 'Austria',
  '+44': 'United Kingdom',
  '+45': 'Denmark',
  '+46': 'Sweden',
  '+47': 'Norway',
  '+48': 'Poland',
  '+49': 'Germany',
  '+52': 'Mexico',
  '+54': 'Argentina',
  '+55': 'Brazil',
  '+60': 'Malaysia',
  '+61': 'Australia',
  '+62': 'Indonesia',
  '+63': 'Philippines',
  '+64': 'New Zealand',
  '+65': 'Singapore',
  '+66': 'Thailand',
  '+81': 'Japan',
  '+82': 'South Korea',
  '+90': 'Türkiye',
  '+91': 'India',
  '+92': 'Pakistan',
  '+94': 'Sri Lanka',
  '+234': 'Nigeria',
  '+254': 'Kenya',
  '+351': 'Portugal',
  '+353': 'Ireland',
  '+852': 'Hong Kong',
  '+880': 'Bangladesh',
  '+960': 'Maldives',
  '+966': 'Saudi Arabia',
  '+968': 'Oman',
  '+971': 'United Arab Emirates',
  '+972': 'Israel',
  '+973': 'Bahrain',
  '+974': 'Qatar',
  '+977': 'Nepal',
}
/** First in every list: where the cinemas are. */
const HOME = '+91'

/** For the form's choice of country, by name, our own first. */
export const countryChoices = (codes: readonly string[]): { code: string; name: string }[] =>
  [...new Set(codes)]
    .map((code) => ({ code, name: nameOf(code) }))
    .sort((a, b) => Number(b.code === HOME) - Number(a.code === HOME) || a.name.localeCompare(b.name, 'en'))

/** A list may name a part of a country: "+4477" is still the United Kingdom. */
function nameOf(code: string): string {
  for (let length = code.length; length > 1; length--) {
    const name = NAMES[code.slice(0, length)]
    if (name) return name
  }
  return code
}
