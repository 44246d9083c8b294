/**
 * 票选抽检品类: the public votes what is to be sampled. One person has one vote per ballot: the first counts, every further one
 * is void, and the void ones are counted, so that a stuffed ballot shows. Who voted for what is nowhere kept as a name:
 * a person is the hash of the pseudonym within the ballot.
 */
import { hashHex } from "../../twin/kernel/hash.ts";
import { defineDuty } from "./duty.ts";

export interface Ballot {
  /** Hashes of those who have voted. */
  voters: Record<string, true>;
  votes: Record<string, number>;
  void: number;
  firstAt: number | null;
  lastAt: number | null;
}

export const ballots = defineDuty<Ballot>({
  name: "ballots",
  version: 1,
  events: ["warmcity.vote.cast"],
  initial: () => ({ voters: {}, votes: {}, void: 0, firstAt: null, lastAt: null }),
  keyOf: (event) => (event.type === "warmcity.vote.cast" ? event.data.ballot : null),
  fold(ballot, event) {
    if (event.type !== "warmcity.vote.cast") return;
    const { ballot: name, choice, person } = event.data;
    ballot.firstAt = Math.min(ballot.firstAt ?? event.time, event.time);
    ballot.lastAt = Math.max(ballot.lastAt ?? event.time, event.time);
    const voter = hashHex(`${name}|${person}`);
    if (ballot.voters[voter]) {
      ballot.void++;
      return;
    }
    ballot.voters[voter] = true;
    ballot.votes[choice] = (ballot.votes[choice] ?? 0) + 1;
  },
});
