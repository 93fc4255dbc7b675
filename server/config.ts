import { z } from 'zod'
import { composeSecret } from './typed/secret.ts'

export type Config = {
  host: string
  port: number
  /** Origin without a path; null until the commune has an address of its own. */
  publicUrl: string | null
  databaseUrl: string | null
  /** The schema in that database which is this commune's. */
  databaseSchema: string
  dataDir: string
  adminPassword: string | null
  apiKey: string | null
  /** Key that seals second factors and telephone numbers, 64 hex digits; null = a file in the data folder. */
  contactKey: string | null
  /** Key that signs the ledger, as text; null = a file in the data folder. */
  ledgerKey: string | null
  placeBudgetPerHour: number
  trustProxy: boolean | string
  logLevel: string
  /** Data made up for trying the product; every page says so. */
  demo: boolean
}

const set = (name: string) =>
  z
    .string()
    .optional()
    .transform((value) => value?.trim() || undefined)
    .describe(name)
const wholeNumber = (lowest: number, highest: number, fallback: number, error: string) =>
  set('').pipe(
    z
      .string()
      .regex(/^\d{1,9}$/, { error })
      .transform(Number)
      .refine((value) => value >= lowest && value <= highest, { error })
      .default(fallback),
  )

const Settings = z.object({
  HOST: set('HOST').pipe(z.string().default('0.0.0.0')),
  PORT: wholeNumber(0, 65535, 3000, 'PORT phải là số từ 0 đến 65535.'),
  PUBLIC_URL: set('PUBLIC_URL').pipe(
    z
      .string()
      .refine(isOrigin, { error: 'PUBLIC_URL phải là địa chỉ không có đường dẫn, ví dụ https://ydan.vinhthuan.vn.' })
      .transform((value) => new URL(value).origin)
      .optional(),
  ),
  DATABASE_URL: set('DATABASE_URL').pipe(
    z
      .string()
      .regex(/^postgres(ql)?:\/\/./, {
        error: 'DATABASE_URL phải bắt đầu bằng postgres://, ví dụ postgres://ydan:mat-khau@127.0.0.1/ydan.',
      })
      .optional(),
  ),
  DATABASE_SCHEMA: set('DATABASE_SCHEMA').pipe(
    z
      .string()
      .regex(/^(?!pg_|information_schema$|drizzle$)[a-z_][a-z0-9_]{0,47}$/, {
        error:
          'DATABASE_SCHEMA chỉ gồm chữ thường không dấu, chữ số và dấu _, bắt đầu bằng chữ, dài nhất 48, ví dụ vinh_thuan.',
      })
      .default('public'),
  ),
  DATA_DIR: set('DATA_DIR').pipe(z.string().default('./data')),
  ADMIN_PASSWORD: z
    .string()
    .optional()
    .transform((value) => value && composeSecret(value))
    .refine((value) => !value || value.length >= 8, { error: 'ADMIN_PASSWORD phải dài ít nhất 8 ký tự.' }),
  API_KEY: set('API_KEY').pipe(z.string().min(8, { error: 'API_KEY phải dài ít nhất 8 ký tự.' }).optional()),
  CONTACT_KEY: set('CONTACT_KEY').pipe(
    z
      .string()
      .regex(/^[0-9a-f]{64}$/i, {
        error: 'CONTACT_KEY phải là 64 chữ số thập lục phân, ví dụ từ lệnh openssl rand -hex 32.',
      })
      .optional(),
  ),
  LEDGER_KEY: set('LEDGER_KEY').pipe(
    z
      .string()
      .regex(/^PRIVATE\+KEY\+[^+\s]+\+[0-9a-f]{8}\+\S+$/, {
        error: 'LEDGER_KEY phải có dạng PRIVATE+KEY+tên+mã+khóa, chép từ tệp ledger.key.',
      })
      .optional(),
  ),
  PLACE_BUDGET_PER_HOUR: wholeNumber(1, 100_000_000, 120, 'PLACE_BUDGET_PER_HOUR phải là số nguyên từ 1 trở lên.'),
  TRUST_PROXY: set('TRUST_PROXY').pipe(z.string().default('false')),
  LOG_LEVEL: set('LOG_LEVEL').pipe(
    z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'LOG_LEVEL phải là một trong fatal, error, warn, info, debug, trace, silent.',
      })
      .default('warn'),
  ),
  DEMO: set('DEMO').pipe(z.string().optional()),
})

/** Settings from the environment; throws one sentence per wrong one. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const parsed = Settings.safeParse(environment)
  if (!parsed.success) throw new Error([...new Set(parsed.error.issues.map((issue) => issue.message))].join('\n'))
  const settings = parsed.data
  const { TRUST_PROXY: trust } = settings
  return {
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL ?? null,
    databaseUrl: settings.DATABASE_URL ?? null,
    databaseSchema: settings.DATABASE_SCHEMA,
    dataDir: settings.DATA_DIR,
    adminPassword: settings.ADMIN_PASSWORD || null,
    apiKey: settings.API_KEY ?? null,
    contactKey: settings.CONTACT_KEY ?? null,
    ledgerKey: settings.LEDGER_KEY ?? null,
    placeBudgetPerHour: settings.PLACE_BUDGET_PER_HOUR,
    trustProxy: trust === 'true' || trust === '1' ? true : trust === 'false' || trust === '0' ? false : trust,
    logLevel: settings.LOG_LEVEL,
    demo: settings.DEMO === '1',
  }
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  return /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username
}
