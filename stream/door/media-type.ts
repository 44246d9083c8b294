/** Media types that the door reads, and the headers that carry CloudEvents attributes in binary mode. */
import type { Attributes } from "./envelope.ts";

export const STRUCTURED = "application/cloudevents+json";
export const BATCH = "application/cloudevents-batch+json";
export const SENML_JSON = "application/senml+json";
export const SENML_CBOR = "application/senml+cbor";
export const COLUMNS = "application/vnd.warmcity.columns";
export const JSON_TYPE = "application/json";

export const MEDIA_TYPES = [STRUCTURED, BATCH, SENML_JSON, SENML_CBOR, COLUMNS, JSON_TYPE] as const;

/** Headers as Node gives them: lower-case names. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The bare media type in lower case; `null` if a charset other than UTF-8 is claimed. */
export function bareMediaType(contentType: string): string | null {
  const [type = "", ...parameters] = contentType.split(";");
  for (const parameter of parameters) {
    const charset = /^\s*charset\s*=\s*"?([^"]*)"?\s*$/i.exec(parameter);
    if (charset !== null && !/^(utf-8|utf8|us-ascii)$/i.test(charset[1]!)) return null;
  }
  return type.trim().toLowerCase();
}

/** Whether `data` of this `datacontenttype` is plain JSON. */
export function isJson(mediaType: string): boolean {
  return mediaType === JSON_TYPE || (mediaType.endsWith("+json") && mediaType !== SENML_JSON);
}

/**
 * The attributes that `ce-` headers carry (CloudEvents HTTP binding §3.1: values percent-encoded). A header that cannot
 * be decoded stands as it is, so that the check of its attribute names it.
 */
export function headerAttributes(headers: Headers): Attributes {
  const found: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith("ce-") || value === undefined) continue;
    found.push([name.slice(3), percentDecoded(typeof value === "string" ? value : value.join(","))]);
  }
  return Object.fromEntries(found);
}

function percentDecoded(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
