/** Asks a city over HTTP, for tests. */

/** What a request came to. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

export class CityClient {
  #url = "";
  #token = "";

  /** Where the city is; its port may be another after each start. */
  connectTo(url: string, token: string): void {
    this.#url = url;
    this.#token = token;
  }

  get url(): string {
    return this.#url;
  }

  get headers(): Record<string, string> {
    return { authorization: `Bearer ${this.#token}` };
  }

  async request(
    method: "GET" | "POST",
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    mediaType?: string,
  ): Promise<Answer> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: { ...this.headers, ...(mediaType === undefined ? {} : { "content-type": mediaType }) },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, body: await response.text() };
  }

  /** All pages of a list. */
  async list<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const page = `${path}?limit=1000${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`;
      const { body } = await this.request("GET", page);
      const { items: some, next }: { items: T[]; next: string | null } = JSON.parse(body);
      items.push(...some);
      cursor = next;
    }
    return items;
  }
}
