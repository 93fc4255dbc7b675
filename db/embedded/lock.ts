import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import type { Address } from './cluster.ts'
import { DatabaseRefused } from './refused.ts'

/** Whoever holds this advisory lock serves the data folder; the kernel frees it with the process, however that ends. */
const lockKey = 0x59_44_41_4e
const answerMs = 10_000

export function connectAsSuperuser(address: Address, password: string, onclose = () => {}): postgres.Sql {
  return postgres({
    ...address,
    database: 'postgres',
    username: 'ydan',
    password,
    ssl: false,
    max: 1,
    // The lock lives with its connection, so nothing but its loss may end it (the default is some 45 minutes).
    max_lifetime: null,
    fetch_types: false,
    // Whatever the superuser's own settings are: an idle lock is kept, its question is answered.
    connection: { options: '-c statement_timeout=60000 -c idle_session_timeout=0' },
    connect_timeout: 5,
    onclose,
    onnotice: () => {},
  })
}

export async function tryLock(superuser: postgres.Sql): Promise<boolean> {
  const query = superuser<{ taken: boolean }[]>`select pg_try_advisory_lock(${lockKey}) as taken`
  // postgres.js 3.4 can leave a query unsettled for ever when its connection is lost at the wrong moment.
  const [row] = await Promise.race([query, pause(answerMs, undefined, { ref: false }).then(failUnanswered)])
  return row?.taken ?? false
}

export function refuseSecond(dataDir: string): DatabaseRefused {
  return new DatabaseRefused(
    `Một Ý Dân khác đang chạy trên thư mục dữ liệu ${dataDir}: hãy dừng nó trước, hoặc đặt DATA_DIR là thư mục khác.`,
  )
}

function failUnanswered(): never {
  throw new Error('PostgreSQL did not answer')
}
