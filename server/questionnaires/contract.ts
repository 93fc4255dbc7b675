import { z } from 'zod'

export const ReviewForm = z.strictObject({ language: z.enum(['en', 'km']), reviewed: z.enum(['yes', 'no']) })
