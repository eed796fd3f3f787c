/** What came out of one simulation. Shares and ratios are of 1. */
export interface Figures {
  /** Bytes that the origin sent / bytes of the distinct segments that it sent. */
  readonly copies: number;
  /** The same without what viewers were sent who had nothing to play yet: the price of an immediate start. */
  readonly steadyCopies: number;
  /** Media from peers / all media. */
  readonly offload: number;
  readonly steadyOffload: number;
  /** Time stalled / time watched after the start, all viewers together. */
  readonly stallRatio: number;
  /** Part of the viewers who stalled at all. */
  readonly stalledViewers: number;
  readonly startUpMs: { readonly median: number; readonly p95: number };
  /** Live: from a segment's publication until 95% of the viewers have it whole, over the segments. */
  readonly reach95S: { readonly median: number; readonly worst: number };
  /** All that goes over data channels but media: sent by an average viewer. */
  readonly controlBytesPerViewerMinute: number;
  /** Control traffic / media. */
  readonly controlShare: number;
  readonly framesPerViewerMinute: Readonly<Record<string, number>>;
  readonly controlBytesByKind: Readonly<Record<string, number>>;
  /** Media from the origin / all media, by how much slack was left when it was asked. */
  readonly originShareByCause: Readonly<Record<string, number>>;
}
