/** Who is called this in a review or a chat would be taken for us. */
const RESERVED = new Set(
  `account accounts accountsteam admin administrator adminteam api billing bot cinema cinemas contact customercare
   customerservice customersupport daemon demo everybody everyone feedback guest help helpcenter helpcentre helpdesk
   helpline hello hostmaster info invoice legal mail mailerdaemon me moderation moderator mod nobody noreply null official
   operator owner payment payments postmaster press privacy refund refunds root sales security service staff status
   superadmin superuser support supportteam sysadmin system team test ticket tickets undefined user webmaster www you`
    .split(/\s+/)
    .filter(Boolean),
)
const BRAND = 'marquee'
/** Digits that are read as letters: "supp0rt". */
const READ_AS: Record<string, string> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't' }

/** Whether nobody may choose this username: it, its look-alikes and whatever has the house's own name in it. */
export function isReservedUsername(username: string): boolean {
  const plain = username.toLowerCase().replace(/[._-]/g, '')
  const read = plain.replace(/[013457]/g, (digit) => READ_AS[digit] ?? digit)
  // "admin1" and "support.24" are as good as the word itself.
  return [plain, read, plain.replace(/\d+$/, '')].some((name) => RESERVED.has(name) || name.includes(BRAND))
}

export const RESERVED_PROBLEM = 'is kept for the people who run Marquee: choose another'
