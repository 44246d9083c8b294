/** `history.json`: up to which log position the parts are complete, and for which registry. */
import { Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { type FilePort, readText, replaceText } from "../log/file-port.ts";

const NAME = "history.json";

const Position = Type.Object({
  version: Type.Literal(1),
  registry: Type.String(),
  position: Type.Integer({ minimum: 0 }),
});

/** `null` when there is none that can be read, or one of another registry: whose device ordinals mean other devices. */
export async function readPosition(
  files: FilePort,
  directory: string,
  registry: string,
): Promise<number | null> {
  const text = await readText(files, directory, NAME);
  if (text === null) return null;
  const found = parse(text);
  return Value.Check(Position, found) && found.registry === registry ? found.position : null;
}

export async function writePosition(
  files: FilePort,
  directory: string,
  registry: string,
  position: number,
): Promise<void> {
  await replaceText(files, directory, NAME, `${JSON.stringify({ version: 1, registry, position })}\n`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
