import { z } from 'zod'
import { Text } from './common.ts'

export const Email = Text(254).toLowerCase().pipe(z.email('enter an email address, for example asha@example.com'))
