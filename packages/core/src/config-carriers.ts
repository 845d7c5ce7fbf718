import { createHmac } from 'node:crypto'
import { z } from 'zod'

/** Names with commas, in the order in which they are tried. */
const namesOf = <const T extends string[]>(...known: T) =>
  z
    .string()
    .transform((list) => list.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(known)))
const number = z.string().regex(/^\+[1-9]\d{6,14}$/, 'a number with its country, such as +914012345678')

/** What texts and calls are set up with. */
export const CARRIER_ENV = {
  SMS_PROVIDER: namesOf('dev', 'console', 'plivo', 'twilio').optional(),
  SMS_BASE_URL: z.url().optional(),
  TWILIO_ACCOUNT_SID: z.string().default(''),
  TWILIO_AUTH_TOKEN: z.string().default(''),
  TWILIO_FROM: z.string().default(''),
  PLIVO_AUTH_ID: z.string().default(''),
  PLIVO_AUTH_TOKEN: z.string().default(''),
  PLIVO_FROM: z.string().default(''),
  PLIVO_DLT_ENTITY_ID: z.string().optional(),
  DLT_TEMPLATE_IDS: z
    .string()
    .regex(/^[a-z-]+=\d{1,30}(,[a-z-]+=\d{1,30})*$/, 'names and numbers, such as alert-opening=1107161234567890123')
    .optional(),

  VOICE_PROVIDERS: namesOf('dev', 'plivo', 'twilio').optional(),
  VOICE_BASE_URL: z.url().optional(),
  TWILIO_VOICE_FROM: number.optional(),
  PLIVO_VOICE_FROM: number.optional(),
  CALL_HOURS: z.enum(['law', 'any']).optional(),
  VOICE_CALLS_PER_SECOND: z.coerce.number().min(0.1).max(1_000).default(1),
  DEV_CARRIER_FILE: z.string().default('.data/dev-carrier.sqlite'),
  OTP_COUNTRIES: z
    .string()
    .regex(/^\+[1-9]\d{0,6}( *, *\+[1-9]\d{0,6})*$/, 'country codes with commas, for example +91,+971')
    .default('+91,+971,+65,+44'),
}
const Shape = z.object(CARRIER_ENV)
type Given = z.infer<typeof Shape> & { NODE_ENV: string; JWT_SECRET: string }

const SMS_KEYS = [
  ['twilio', 'TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM'],
  ['plivo', 'PLIVO_AUTH_ID', 'PLIVO_AUTH_TOKEN', 'PLIVO_FROM'],
] as const
const VOICE_KEYS = [
  ['twilio', 'TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN', 'TWILIO_VOICE_FROM'],
  ['plivo', 'PLIVO_AUTH_ID', 'PLIVO_AUTH_TOKEN', 'PLIVO_VOICE_FROM'],
] as const

/** What is missing, or must not be, one line each. */
export function carrierProblems(e: Given): string[] {
  const problems: string[] = []
  if (e.NODE_ENV === 'production') {
    if (!e.SMS_PROVIDER || e.SMS_PROVIDER.some((name) => name === 'console' || name === 'dev'))
      problems.push('SMS_PROVIDER: console sends nothing, dev neither: both are refused in production')
    if (!e.VOICE_PROVIDERS || e.VOICE_PROVIDERS.includes('dev'))
      problems.push('VOICE_PROVIDERS: dev calls nobody and is refused in production')
    if (e.CALL_HOURS === 'any') problems.push('CALL_HOURS: any would call people at night and is refused in production')
    if (e.VOICE_BASE_URL && new URL(e.VOICE_BASE_URL).protocol !== 'https:')
      problems.push('VOICE_BASE_URL: keys go there; use https')
    if (e.SMS_BASE_URL && new URL(e.SMS_BASE_URL).protocol !== 'https:')
      problems.push('SMS_BASE_URL: codes and keys go there; use https')
  }
  // Both would go by the name of plivo, and answer to one secret.
  for (const name of ['SMS_PROVIDER', 'VOICE_PROVIDERS'] as const)
    if ((e[name]?.length ?? 0) > 1 && e[name]?.some((one) => one === 'dev' || one === 'console'))
      problems.push(`${name}: dev and console stand alone`)
  for (const [provider, ...names] of SMS_KEYS)
    for (const name of names)
      if (e.SMS_PROVIDER?.includes(provider) && !e[name])
        problems.push(`${name}: needed when SMS_PROVIDER is ${provider}`)
  for (const [provider, ...names] of VOICE_KEYS)
    for (const name of names)
      if (e.VOICE_PROVIDERS?.includes(provider) && !e[name])
        problems.push(`${name}: needed when VOICE_PROVIDERS has ${provider}`)
  return problems
}

/** Neither calls nor texts leave this machine. */
const reachesNobody = ({ VOICE_PROVIDERS = ['dev'], SMS_PROVIDER = ['dev'] }: Given) =>
  [...VOICE_PROVIDERS, ...SMS_PROVIDER].every((name) => name === 'dev' || name === 'console')

/** `simulators`: where workers reach the ones in the API. */
export const carrierSettings = (e: Given, simulators: string) => ({
  sms: {
    providers: e.SMS_PROVIDER ?? (['dev'] as const),
    baseUrl: e.SMS_BASE_URL,
    twilio: { accountSid: e.TWILIO_ACCOUNT_SID, authToken: e.TWILIO_AUTH_TOKEN, from: e.TWILIO_FROM },
    plivo: {
      authId: e.PLIVO_AUTH_ID,
      authToken: e.PLIVO_AUTH_TOKEN,
      from: e.PLIVO_FROM,
      entityId: e.PLIVO_DLT_ENTITY_ID,
    },
    /** The numbers under which the wordings of core/alerts/delivery/sms-words.ts are registered. */
    templateIds: Object.fromEntries(e.DLT_TEMPLATE_IDS?.split(',').map((pair) => pair.split('=')) ?? []) as Partial<{
      [name: string]: string
    }>,
    /** Where codes by SMS may go, by what a number begins with. */
    countries: e.OTP_COUNTRIES.split(',').map((country) => country.trim()),
  },
  voice: {
    providers: e.VOICE_PROVIDERS ?? (['dev'] as const),
    baseUrl: e.VOICE_BASE_URL,
    twilio: { accountSid: e.TWILIO_ACCOUNT_SID, authToken: e.TWILIO_AUTH_TOKEN, from: e.TWILIO_VOICE_FROM ?? '' },
    plivo: { authId: e.PLIVO_AUTH_ID, authToken: e.PLIVO_AUTH_TOKEN, from: e.PLIVO_VOICE_FROM ?? '' },
    /** Whether the hours hold in which the law of a number's country allows calls and texts. Nobody's phone rings by dev. */
    hours: e.CALL_HOURS ?? (reachesNobody(e) ? ('any' as const) : ('law' as const)),
    /** How quickly calls are placed, over all processes. */
    callsPerSecond: e.VOICE_CALLS_PER_SECOND,
  },
  /** The development carrier, an outside system that takes calls and texts in Plivo's protocol and Twilio's. */
  devCarrier: {
    file: e.DEV_CARRIER_FILE,
    baseUrl: `${simulators}/dev/carrier`,
    // Made of a secret that every process has, so that it needs no setting of its own.
    keys: {
      authId: 'MADEVELOPMENT',
      authToken: createHmac('sha256', e.JWT_SECRET).update('development carrier').digest('base64url'),
      from: '+914000000000',
    },
  },
})
