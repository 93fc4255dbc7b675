import { z } from 'zod'

export const posterSizes = ['a4', 'a5', 'slip'] as const

/** Which posters: codes, repeated or with commas between; at most as many as one would hang. */
export const PostersQuery = z.strictObject({
  ma: z
    .union([z.string(), z.array(z.string())], { error: 'Xin chọn ít nhất một nơi phục vụ.' })
    .transform((given) => [
      ...new Set(
        [given]
          .flat()
          .flatMap((codes) => codes.split(','))
          .filter(Boolean),
      ),
    ])
    .refine((codes) => codes.length > 0 && codes.length <= 200, { error: 'Xin chọn từ 1 đến 200 nơi phục vụ.' }),
  co: z.enum(posterSizes, { error: 'Khổ giấy phải là a4, a5 hoặc slip.' }).default('a4'),
})
