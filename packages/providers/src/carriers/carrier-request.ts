/** Carriers whose protocol is spoken here. A simulator speaks one of them. */
export const CARRIERS = ['plivo', 'twilio'] as const
export type CarrierName = (typeof CARRIERS)[number]

/** A request of the carrier to us, as it came. `url` is the public address the carrier used, with its query. */
export type CarrierRequest = {
  method: string
  url: string
  /** Names in lower case. */
  headers: Record<string, string | undefined>
  /** Form fields, or those of the query for a GET. */
  params: Record<string, string>
  rawBody: Buffer
}

export class BadCarrierSignature extends Error {
  constructor(carrier: string) {
    super(`the message is not signed by ${carrier}`)
    this.name = 'BadCarrierSignature'
  }
}

/** Stands for the carrier's name in an address we give to whichever carrier takes the call or the text. */
const PLACE = '{carrier}'

/** `https://…/{carrier}/…` as the address for one carrier: only that one may speak there, for it knows its secret. */
export const addressFor = (carrier: CarrierName, url: string) => url.replaceAll(PLACE, carrier)
