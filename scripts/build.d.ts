export function build(options?: { server?: boolean }): Promise<void>
export function buildIfStale(): Promise<void>
