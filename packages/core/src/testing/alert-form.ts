import type { AlertChannel, CreateAlertBody } from '@marquee/contracts/alerts'
import { CreateAlertBody as Body } from '@marquee/contracts/alerts'
import { CONSENT_VERSION } from '../alerts/consent-texts.ts'
import type { Ctx } from '../context.ts'
import { makeProof } from './make-proof.ts'

type Given = Partial<Omit<CreateAlertBody, 'channels' | 'consent'>> & { channels?: AlertChannel[] }

/** A form as a guest fills it in, for tests: number and address come with the proofs they need. */
export async function alertForm(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  given: Given & { city: string; film: string },
): Promise<CreateAlertBody> {
  const channels = given.channels ?? ['call', 'sms']
  const proofs = {
    ...(given.phone && { phoneProof: await makeProof(ctx, { phone: given.phone }, { purpose: 'alert' }) }),
    ...(given.email && { emailProof: await makeProof(ctx, { email: given.email }, { purpose: 'alert' }) }),
  }
  return Body.parse({ name: 'Asha', consent: { version: CONSENT_VERSION, channels }, ...proofs, ...given, channels })
}
