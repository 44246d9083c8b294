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

/** The fields of a receipt without their names: the city takes in 54,000 lines a day. */
type PackedReceipt = [
  at: number,
  receipt: string | null,
  product: string,
  lot: string | null,
  supplier: string | null,
  category: string | null,
  papers: boolean | null,
];

export interface ReceiptState {
  /** Newest first. */
  receipts: PackedReceipt[];
}

const KEPT = 10;

export const receipts = defineDuty<ReceiptState>({
  name: "receipts",
  version: 2,
  events: ["warmcity.goods.received", "warmcity.record.filed"],
  initial: () => ({ receipts: [] }),
  fold(state, event) {
    if (event.type === "warmcity.goods.received") {
      const { receipt, product, lot, supplier, category, papers } = event.data;
      const received: PackedReceipt = [
        event.time,
        receipt ?? null,
        product,
        lot ?? null,
        supplier ?? null,
        category ?? null,
        papers ?? null,
      ];
      state.receipts = [received, ...state.receipts].sort(([a], [b]) => b - a).slice(0, KEPT);
      return;
    }
    if (event.type !== "warmcity.record.filed" || event.data.kind !== "papers") return;
    // Late papers come as a record that names the receipt, or the lot.
    const { receipt, lot } = event.data;
    for (const one of state.receipts) {
      const [, itsReceipt, , itsLot] = one;
      if (receipt == null ? lot != null && itsLot === lot : itsReceipt === receipt) one[6] = true;
    }
  },
});

/** Newest first. */
export function receiptsIn(state: ReceiptState | undefined): Receipt[] {
  return (state?.receipts ?? []).map(([at, receipt, product, lot, supplier, category, papers]) => ({
    at,
    receipt,
    product,
    lot,
    supplier,
    category,
    papers,
  }));
}
