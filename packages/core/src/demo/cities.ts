export type DemoCity = {
  slug: string
  name: string
  region: string
  timeZone: string
  aliases: string[]
  /** How much of the town's programme is in each language; a language left out is not shown. */
  languages: Record<string, number>
}

/** In the order of the city list; the first is the one shown to a stranger. */
export const DEMO_CITIES: DemoCity[] = [
  {
    slug: 'hyderabad',
    name: 'Hyderabad',
    region: 'Telangana',
    timeZone: 'Asia/Kolkata',
    aliases: ['Secunderabad', 'HYD', 'Cyberabad', 'హైదరాబాద్'],
    languages: { Telugu: 6, Hindi: 2.6, English: 2.4, Tamil: 0.8, Malayalam: 0.6, Kannada: 0.3 },
  },
  {
    slug: 'chennai',
    name: 'Chennai',
    region: 'Tamil Nadu',
    timeZone: 'Asia/Kolkata',
    aliases: ['Madras', 'MAA', 'சென்னை'],
    languages: { Tamil: 6, English: 2.2, Telugu: 1.6, Malayalam: 1.2, Hindi: 1.2 },
  },
  {
    slug: 'bengaluru',
    name: 'Bengaluru',
    region: 'Karnataka',
    timeZone: 'Asia/Kolkata',
    aliases: ['Bangalore', 'BLR', 'ಬೆಂಗಳೂರು'],
    languages: { Kannada: 5, Hindi: 2.2, English: 2.4, Telugu: 2, Tamil: 1.6, Malayalam: 1.2 },
  },
  {
    slug: 'mumbai',
    name: 'Mumbai',
    region: 'Maharashtra',
    timeZone: 'Asia/Kolkata',
    aliases: ['Bombay', 'BOM', 'Navi Mumbai', 'मुंबई'],
    languages: { Hindi: 6, English: 3, Telugu: 0.6, Tamil: 0.6, Malayalam: 0.4 },
  },
  {
    slug: 'delhi',
    name: 'Delhi',
    region: 'Delhi',
    timeZone: 'Asia/Kolkata',
    aliases: ['New Delhi', 'NCR', 'Delhi NCR', 'DEL', 'दिल्ली'],
    languages: { Hindi: 6, English: 3, Tamil: 0.4, Telugu: 0.4 },
  },
  {
    slug: 'kochi',
    name: 'Kochi',
    region: 'Kerala',
    timeZone: 'Asia/Kolkata',
    aliases: ['Cochin', 'Ernakulam', 'COK', 'കൊച്ചി'],
    languages: { Malayalam: 6, English: 1.8, Tamil: 1.8, Hindi: 1.2, Telugu: 0.5 },
  },
]
