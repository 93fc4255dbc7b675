import { startOutbox } from './_delivery.island.tsx'

// Thank-you and message pages: send what still waits.
startOutbox({ id: '' })
