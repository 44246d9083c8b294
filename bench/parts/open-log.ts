/** Opens a data directory in a fresh process: nothing is compiled or cached, as after a crash. */
import { generateCity } from "../../twin/city/generated-city.ts";
import { onDataDirectory } from "../data-directory.ts";
import { watch } from "../measure.ts";

export async function openLog([directory = "", seed = "1", kitchens = ""]: readonly string[]) {
  const size = kitchens === "" ? {} : { kitchens: Number(kitchens) };
  const city = generateCity({ seed: Number(seed), preset: "baseline", ...size });
  const spent = watch();
  return onDataDirectory(city, directory, async ({ recovery, processor }) => {
    const { accepted } = processor.balance;
    return { ...spent(), records: recovery.records, accepted };
  });
}
