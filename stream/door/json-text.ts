/**
 * JSON as text, before and beside `JSON.parse`: how deep it nests (without recursion), and where the elements of an
 * array stand, so that an event can be kept on the log byte for byte as it came.
 */

const QUOTE = 34;
const BACKSLASH = 92;

/** Whether brackets nest deeper than `max`. Works on broken JSON too; brackets within strings do not count. */
export function nestsDeeperThan(text: string, max: number): boolean {
  if (occursAtMost(text, "[", max) + occursAtMost(text, "{", max) <= max) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      i = endOfString(text, i);
      if (i < 0) return false;
    } else if (code === 91 || code === 123) {
      if (++depth > max) return true;
    } else if (code === 93 || code === 125) depth--;
  }
  return false;
}

/** How often `mark` occurs, counted no further than `enough` + 1. */
function occursAtMost(text: string, mark: string, enough: number): number {
  let count = 0;
  for (let at = text.indexOf(mark); at >= 0 && count <= enough; at = text.indexOf(mark, at + 1)) count++;
  return count;
}

/** The texts of the elements of a JSON array that `JSON.parse` has accepted, without the space around them. */
export function elementTexts(array: string): string[] {
  const elements: string[] = [];
  let depth = 0;
  let start = array.indexOf("[") + 1;
  for (let i = start; i < array.length; i++) {
    const code = array.charCodeAt(i);
    if (code === QUOTE) i = endOfString(array, i);
    else if (code === 91 || code === 123) depth++;
    else if (code === 93 || code === 125) {
      if (depth === 0) {
        const last = array.slice(start, i).trim();
        if (last !== "" || elements.length > 0) elements.push(last);
        return elements;
      }
      depth--;
    } else if (code === 44 && depth === 0) {
      elements.push(array.slice(start, i).trim());
      start = i + 1;
    }
  }
  return elements;
}

/** Index of the quote that ends the string which begins at `start`; -1 if none does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return -1;
}

/** The first `max` characters of a text, with a mark where more was cut off. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}
