/**
 * Loaded before the program (`--import`) by `npm run scenario -- … --stage`: its wall clock stands at the story's time
 * until the first message comes, and then runs as fast as the story is told. STORY_CLOCK = "<ms since epoch>,<speed>".
 */
const [from, speed] = (process.env.STORY_CLOCK ?? "").split(",").map(Number);
let begun = Number.NaN;
Date.now = () => Math.floor(Number.isNaN(begun) ? from : from + (performance.now() - begun) * speed);
process.once("message", () => {
  begun = performance.now();
});
// Who was started for a story does not outlive it.
process.on("disconnect", () => process.exit(3));
process.channel?.unref();
