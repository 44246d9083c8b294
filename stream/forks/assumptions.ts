/** What a fork does not know, and how it takes it: part of every answer, so that nobody takes a what-if for a promise. */
export const ASSUMPTIONS: readonly string[] = [
  "It knows what the twin has observed by that moment, and nothing else: what is wrong unseen is not in it.",
  "Cold units go on from their last value; one that is warm is cooled by a sound compressor from then on.",
  "A device that is silent stays so as long again as it has been, on average; one never heard takes no part.",
  "A kitchen that is closed, as declared or presumed, stays closed as long as that says.",
  "Self-checks and samples that the day owed by then come soon after, as far as the simulated people are dutiful.",
  "Everyday life and new faults come at the rates of the simulator, by the seed; both runs of a seed share them.",
  "The network delays by 200 ms, and loses and repeats nothing.",
  "A new street is made of kitchens like those of the generated city with all its sensors; nothing of it is known before.",
  "People act on cases by the habits of the simulated people; a step of officials takes inversely as long as there are more of them.",
  "The index is reckoned at 02:00: a fork that does not reach it has the index of before.",
];
