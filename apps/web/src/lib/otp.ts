import type { OtpSent, OtpVerified, SendOtpBody } from '@marquee/contracts/otp'
import { api } from './api-client.ts'

/** A code on its way, and what to add to this machine's clock to read its times by the server's. */
export type SentCode = OtpSent & { offset: number }

const stamped = (sent: OtpSent): SentCode => ({ ...sent, offset: Date.parse(sent.now) - Date.now() })

/** The answer is the same whether or not somebody has an account there. */
export async function sendCode(body: SendOtpBody): Promise<SentCode> {
  return stamped((await api.post<OtpSent>('/api/auth/otp/send', body)).data)
}

export async function resendCode(challengeId: string): Promise<SentCode> {
  return stamped((await api.post<OtpSent>('/api/auth/otp/resend', { challengeId })).data)
}

/** @returns the proof that the address or number is theirs: good once */
export async function verifyCode(challengeId: string, code: string): Promise<string> {
  return (await api.post<OtpVerified>('/api/auth/otp/verify', { challengeId, code })).data.proof
}
