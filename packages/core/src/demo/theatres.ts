import type { LayoutTemplateName } from '../catalog/layouts/templates.ts'

/** When a screen opens and closes. Only `late` ends each day with a show at 23:55. */
export type DayPattern = 'full' | 'short' | 'late'

export type DemoScreen = { name: string; template: LayoutTemplateName; pattern: DayPattern; features: string[] }

export type DemoTheatre = {
  slug: string
  city: string
  name: string
  area: string
  address: string
  postcode: string
  latitude: number
  longitude: number
  amenities: string[]
  screens: DemoScreen[]
}

const screen = (
  name: string,
  template: LayoutTemplateName,
  pattern: DayPattern,
  ...features: string[]
): DemoScreen => ({
  name,
  template,
  pattern,
  features,
})

const ATMOS = 'Dolby Atmos'
const LASER = 'Laser projection'
const RECLINERS = 'Recliners'
const ACCESS = 'Wheelchair access'
const FOOD = 'Food and drink'
const PARKING = 'Parking'
const METRO = 'Near the metro'
const LOOP = 'Hearing loop'
const VALET = 'Valet parking'

/** Invented cinemas in real neighbourhoods. */
export const DEMO_THEATRES: DemoTheatre[] = [
  {
    slug: 'prism-gachibowli',
    city: 'hyderabad',
    name: 'Prism',
    area: 'Gachibowli',
    address: 'Level 4, Prism Court, 2-48/5 Old Mumbai Highway, Gachibowli',
    postcode: '500032',
    latitude: 17.4401,
    longitude: 78.3489,
    amenities: [ACCESS, PARKING, FOOD, RECLINERS, LOOP],
    screens: [
      screen('Screen 1', 'classic-216', 'full', 'IMAX', ATMOS, '3D', LASER),
      screen('Screen 2', 'classic-216', 'full', ATMOS, '3D'),
      screen('Screen 4', 'court-134', 'full', '3D'),
      screen('Screen 5', 'studio-64', 'late', RECLINERS, LASER),
    ],
  },
  {
    slug: 'sapphire-banjara-hills',
    city: 'hyderabad',
    name: 'Sapphire',
    area: 'Banjara Hills',
    address: '8-2-618/A, Road No. 11, Banjara Hills',
    postcode: '500034',
    latitude: 17.4126,
    longitude: 78.4392,
    amenities: [ACCESS, VALET, FOOD, RECLINERS],
    screens: [
      screen('Blue Room', 'studio-64', 'full', RECLINERS, LASER),
      screen('Audi 2', 'court-134', 'full', ATMOS),
      screen('Audi 3', 'studio-64', 'late', RECLINERS),
    ],
  },
  {
    slug: 'sudha-palace-rtc-x-roads',
    city: 'hyderabad',
    name: 'Sudha Palace 70 mm',
    area: 'RTC X Roads',
    address: '1-8-702/2, Chikkadpally Main Road, RTC X Roads',
    postcode: '500020',
    latitude: 17.4062,
    longitude: 78.4969,
    amenities: [ACCESS, PARKING, FOOD, METRO],
    screens: [
      screen('Palace', 'grand-1100', 'short', ATMOS, '70 mm screen'),
      screen('Sudha Mini', 'court-134', 'full'),
    ],
  },
  {
    slug: 'lantern-kukatpally',
    city: 'hyderabad',
    name: 'Lantern Cinemas',
    area: 'Kukatpally',
    address: 'Plot 21, Phase 6, KPHB Colony, Kukatpally',
    postcode: '500072',
    latitude: 17.4933,
    longitude: 78.3996,
    amenities: [ACCESS, PARKING, FOOD, METRO],
    screens: [screen('Lantern 1', 'classic-216', 'full', '3D'), screen('Lantern 2', 'court-134', 'late')],
  },
  {
    slug: 'kapali-picture-house-mylapore',
    city: 'chennai',
    name: 'Kapali Picture House',
    area: 'Mylapore',
    address: '41, Royapettah High Road, Mylapore',
    postcode: '600004',
    latitude: 13.0368,
    longitude: 80.2676,
    amenities: [ACCESS, FOOD, LOOP],
    screens: [screen('Kapali', 'grand-1100', 'short', ATMOS), screen('Little Kapali', 'studio-64', 'full')],
  },
  {
    slug: 'tideline-omr',
    city: 'chennai',
    name: 'Tideline',
    area: 'Thoraipakkam, OMR',
    address: '3rd Floor, 200 Rajiv Gandhi Salai, Thoraipakkam',
    postcode: '600097',
    latitude: 12.9416,
    longitude: 80.2362,
    amenities: [ACCESS, PARKING, FOOD, RECLINERS],
    screens: [
      screen('Screen 1', 'classic-216', 'full', 'IMAX', '3D', LASER),
      screen('Screen 2', 'court-134', 'late', ATMOS),
      screen('Lounge', 'studio-64', 'full', RECLINERS),
    ],
  },
  {
    slug: 'mallika-anna-nagar',
    city: 'chennai',
    name: 'Mallika',
    area: 'Anna Nagar',
    address: 'W-112, 2nd Avenue, Anna Nagar West',
    postcode: '600040',
    latitude: 13.0878,
    longitude: 80.2105,
    amenities: [ACCESS, PARKING, METRO],
    screens: [screen('Mallika A', 'court-134', 'full'), screen('Mallika B', 'studio-64', 'late')],
  },
  {
    slug: 'rangoli-arcade-indiranagar',
    city: 'bengaluru',
    name: 'Rangoli Arcade',
    area: 'Indiranagar',
    address: '764, 100 Feet Road, HAL 2nd Stage, Indiranagar',
    postcode: '560038',
    latitude: 12.9719,
    longitude: 77.6412,
    amenities: [ACCESS, METRO, FOOD, RECLINERS],
    screens: [
      screen('Screen 1', 'classic-216', 'full', ATMOS, '3D'),
      screen('Screen 2', 'studio-64', 'late', RECLINERS),
    ],
  },
  {
    slug: 'nandi-talkies-malleshwaram',
    city: 'bengaluru',
    name: 'Nandi Talkies',
    area: 'Malleshwaram',
    address: '93, Sampige Road, 8th Cross, Malleshwaram',
    postcode: '560003',
    latitude: 13.0031,
    longitude: 77.5709,
    amenities: [ACCESS, FOOD],
    screens: [screen('Main hall', 'court-134', 'full'), screen('Balcony hall', 'studio-64', 'full')],
  },
  {
    slug: 'halo-whitefield',
    city: 'bengaluru',
    name: 'Halo',
    area: 'Whitefield',
    address: 'Unit 5, Halo Square, ITPL Main Road, Whitefield',
    postcode: '560066',
    latitude: 12.9698,
    longitude: 77.7499,
    amenities: [ACCESS, PARKING, FOOD, METRO, LOOP],
    screens: [
      screen('Halo Max', 'classic-216', 'full', 'IMAX', '3D', LASER),
      screen('Halo 2', 'court-134', 'late', ATMOS),
    ],
  },
  {
    slug: 'regentia-colaba',
    city: 'mumbai',
    name: 'The Regentia',
    area: 'Colaba',
    address: '12, Arthur Bunder Road, Colaba',
    postcode: '400005',
    latitude: 18.9186,
    longitude: 72.8311,
    amenities: [ACCESS, FOOD, LOOP],
    screens: [screen('Stalls', 'classic-216', 'full', ATMOS), screen('Salon', 'studio-64', 'late', RECLINERS)],
  },
  {
    slug: 'mosaic-andheri',
    city: 'mumbai',
    name: 'Mosaic',
    area: 'Andheri West',
    address: '4th Floor, Mosaic House, New Link Road, Andheri West',
    postcode: '400053',
    latitude: 19.1364,
    longitude: 72.8296,
    amenities: [ACCESS, PARKING, FOOD, METRO],
    screens: [screen('Mosaic 1', 'classic-216', 'full', 'IMAX', '3D', LASER), screen('Mosaic 2', 'court-134', 'late')],
  },
  {
    slug: 'spindle-mill-lower-parel',
    city: 'mumbai',
    name: 'Spindle Mill',
    area: 'Lower Parel',
    address: 'Gate 2, Spindle Mill Compound, Senapati Bapat Marg, Lower Parel',
    postcode: '400013',
    latitude: 18.9953,
    longitude: 72.8258,
    amenities: [ACCESS, VALET, FOOD, RECLINERS],
    screens: [screen('Loom', 'court-134', 'full', ATMOS), screen('Bobbin', 'studio-64', 'full', RECLINERS)],
  },
  {
    slug: 'colonnade-connaught-place',
    city: 'delhi',
    name: 'Colonnade',
    area: 'Connaught Place',
    address: 'E-19, Inner Circle, Connaught Place',
    postcode: '110001',
    latitude: 28.6328,
    longitude: 77.2197,
    amenities: [ACCESS, METRO, FOOD, LOOP],
    screens: [screen('Inner', 'classic-216', 'full', 'IMAX', '3D', LASER), screen('Outer', 'court-134', 'late', ATMOS)],
  },
  {
    slug: 'jamun-saket',
    city: 'delhi',
    name: 'Jamun',
    area: 'Saket',
    address: 'A-3, District Centre, Press Enclave Marg, Saket',
    postcode: '110017',
    latitude: 28.5286,
    longitude: 77.2193,
    amenities: [ACCESS, PARKING, FOOD, RECLINERS, METRO],
    screens: [screen('Jamun 1', 'classic-216', 'full', '3D'), screen('Jamun 2', 'studio-64', 'late', RECLINERS)],
  },
  {
    slug: 'drome-dwarka',
    city: 'delhi',
    name: 'The Drome',
    area: 'Dwarka',
    address: 'Plot 7, Sector 12, Dwarka',
    postcode: '110078',
    latitude: 28.5921,
    longitude: 77.046,
    amenities: [ACCESS, PARKING, METRO],
    screens: [screen('Drome A', 'court-134', 'full'), screen('Drome B', 'studio-64', 'full')],
  },
  {
    slug: 'harbour-light-fort-kochi',
    city: 'kochi',
    name: 'Harbour Light',
    area: 'Fort Kochi',
    address: '1/382, Calvathy Road, Fort Kochi',
    postcode: '682001',
    latitude: 9.9669,
    longitude: 76.2427,
    amenities: [ACCESS, FOOD],
    screens: [screen('Lighthouse', 'court-134', 'full'), screen('Jetty', 'studio-64', 'late')],
  },
  {
    slug: 'vanchi-metropole-edappally',
    city: 'kochi',
    name: 'Vanchi Metropole',
    area: 'Edappally',
    address: '34/1000, NH 66 Bypass, Edappally',
    postcode: '682024',
    latitude: 10.0261,
    longitude: 76.3125,
    amenities: [ACCESS, PARKING, FOOD, METRO],
    screens: [
      screen('Screen 1', 'classic-216', 'full', 'IMAX', ATMOS, '3D'),
      screen('Screen 2', 'court-134', 'late', ATMOS),
    ],
  },
  {
    slug: 'rotunda-marine-drive',
    city: 'kochi',
    name: 'Rotunda',
    area: 'Marine Drive',
    address: 'Shanmugham Road, Marine Drive, Ernakulam',
    postcode: '682031',
    latitude: 9.9816,
    longitude: 76.2755,
    amenities: [ACCESS, METRO, FOOD],
    screens: [screen('Rotunda', 'court-134', 'full', ATMOS), screen('Annexe', 'studio-64', 'full', RECLINERS)],
  },
]
