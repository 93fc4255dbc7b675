// One sequencer that never rests, for the soak to kill: DATABASE and KEY in the environment, LAST beside the key.
import { readFileSync, writeFileSync } from 'node:fs'
import { openDatabase } from '../../db/client.ts'
import { loadSecrets } from '../../db/secrets.ts'
import { runRound } from '../../server/ledger/sequencer.ts'
import { openPassingVault } from '../../server/ledger/vault.ts'

const { DATABASE = '', KEY = '', LAST = '' } = process.env
const database = openDatabase(JSON.parse(DATABASE))
const { ledger: nonceKey, receipt: receiptKey } = await loadSecrets(database)
const vault = {
  ...openPassingVault(KEY),
  remembered: () => readFileSync(LAST, { encoding: 'utf8', flag: 'a+' }),
  remember: (checkpoint: string) => writeFileSync(LAST, checkpoint),
}
process.send?.('ready')
for (;;) {
  const round = await runRound({ database, vault, now: Date.now, nonceKey, receiptKey })
  if (round && 'problem' in round) process.send?.(round.problem)
}
