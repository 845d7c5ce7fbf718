import { createFirstSuperadmin } from '@marquee/core/account/create-first-superadmin'
import { hasSuperadmin } from '@marquee/core/account/has-superadmin'
import { readConfig } from '@marquee/core/config'
import { createContext } from '@marquee/core/context'
import { openGateway, openMail, openSms, openVoice } from '@marquee/providers/open-vendors'

/**
 * Makes the first superadmin and shows the one-time password, which is kept nowhere: only to a terminal (`--show`: whoever
 * calls this shows it to one). `--if-needed`: says nothing when there is a superadmin.
 */
const options = process.argv.slice(2)
const config = readConfig(process.env)
const silent = async () => ({ id: 'nothing is sent' })
// What is shown is read by a person: no log lines between.
const ctx = createContext({ ...config, logLevel: 'error' }, () => ({
  gateway: openGateway(config),
  mail: openMail(config, silent),
  sms: openSms(config, silent),
  voice: openVoice(config),
}))
try {
  if (await hasSuperadmin(ctx)) {
    if (!options.includes('--if-needed')) console.log('There is a superadmin already.')
  } else if (process.stdout.isTTY || options.includes('--show')) {
    const made = await createFirstSuperadmin(ctx)
    if (made) console.log(toldTo(made))
  } else {
    console.log('There is no superadmin yet. To make one, in a terminal: npm run superadmin')
  }
} finally {
  await ctx.close()
}

function toldTo({ identifier, password }: { identifier: string; password: string }) {
  return [
    '  The first superadmin',
    `    sign in as         ${identifier}`,
    `    one-time password  ${password}`,
    '  It is shown only now. Signing in asks for a password of your own before anything else.',
    '',
  ].join('\n')
}
