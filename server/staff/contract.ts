import { z } from 'zod'

export const SignInForm = z.strictObject({
  username: z.string().max(100).default(''),
  password: z.string().max(1000).default(''),
  next: z.string().max(500).optional(),
})

export type StaffMember = { id: number; username: string; role: 'administrator' }
