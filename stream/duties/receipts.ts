/** 进货查验、餐饮具验收: the newest receipts of a kitchen, tableware too, with whether the papers are there (DOMAIN R28). */
import { defineDuty } from "./duty.ts";

export interface Receipt {
  readonly at: number;
  readonly receipt: string | null;
  readonly product: string;
  readonly lot: string | null;
  readonly supplier: string | null;
  readonly category: string | null;
  readonly papers: boolean | null;
}

export interface ReceiptState {
  /** Newest first. */
  receipts: Receipt[];
}

const KEPT = 20;

export const receipts = defineDuty<ReceiptState>({
  name: "receipts",
  version: 1,
  events: ["warmcity.goods.received", "warmcity.record.filed"],
  initial: () => ({ receipts: [] }),
  fold(state, event) {
    if (event.type === "warmcity.goods.received") {
      const { receipt, product, lot, supplier, category, papers } = event.data;
      const received: Receipt = {
        at: event.time,
        receipt: receipt ?? null,
        product,
        lot: lot ?? null,
        supplier: supplier ?? null,
        category: category ?? null,
        papers: papers ?? null,
      };
      state.receipts = [received, ...state.receipts].sort((a, b) => b.at - a.at).slice(0, KEPT);
      return;
    }
    if (event.type !== "warmcity.record.filed" || event.data.kind !== "papers") return;
    const { receipt, lot } = event.data;
    if (receipt == null && lot == null) return;
    // Late papers come as a record that names the receipt, or the lot.
    state.receipts = state.receipts.map((one) =>
      (receipt != null && one.receipt === receipt) || (receipt == null && one.lot === lot)
        ? { ...one, papers: true }
        : one,
    );
  },
});
