/** What went wrong for a client: how often, and the first few in words. */
const TOLD = 5;

export class Troubles {
  count = 0;
  readonly first: string[] = [];

  add(what: string): void {
    this.count++;
    if (this.first.length < TOLD && !this.first.includes(what)) this.first.push(what);
  }
}

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? `${error.message} (${cause.message})` : error.message;
}
