import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import postgres from 'postgres'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { cloneDatabase } from '../fixtures/test-server.ts'

// What the driver itself does wrong when a connection closes (scripts/mend-postgres.js). An error that nobody can catch
// fails the run of tests by itself.
let sql: postgres.Sql
let other: postgres.Sql
let sockets: Socket[]

beforeEach(async () => {
  sockets = []
  const server = (await cloneDatabase()) as { host: string; port: number }
  const socket = () => {
    const made = server.host.startsWith('/')
      ? connect(join(server.host, `.s.PGSQL.${server.port}`))
      : connect(server.port, server.host)
    sockets.push(made)
    return made
  }
  sql = postgres({ ...server, max: 1, socket } as object)
  other = postgres({ ...server, max: 1 } as object)
})
afterEach(async () => {
  await Promise.all([sql.end({ timeout: 1 }), other.end({ timeout: 1 })])
})

test('what a transaction says after its connection closed is refused, and said nowhere else', async () => {
  await other`create table driver_said (line text)`
  let laterWords: Promise<unknown> = Promise.resolve()
  const transaction = sql.begin(async (inside) => {
    await inside`insert into driver_said values ('first')`
    laterWords = goOn(inside)
    await laterWords
  })
  await expect(transaction).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  await expect(laterWords).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  expect(await other`select line from driver_said`).toEqual([])
})

async function goOn(inside: postgres.TransactionSql) {
  const closed = new Promise((resolve) => sockets[0]?.once('close', resolve))
  sockets[0]?.destroy()
  await closed
  // Others go on, over a connection made anew.
  expect(await sql`select 1 as one`).toEqual([{ one: 1 }])
  await inside`insert into driver_said values ('outside of its transaction')`
}

test('a connection that closed with words unsent speaks again', async () => {
  await sql`select 1`
  sockets[0]?.destroy()
  await turn()
  const unsent = sql`select 2`.execute()
  await expect(unsent).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' })
  expect(await Promise.race([sql`select 3 as three`, silence()])).toEqual([{ three: 3 }])
})

const silence = () => new Promise((resolve) => setTimeout(resolve, 60_000, 'silence'))
