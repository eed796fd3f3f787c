import { Bitfield } from '../model/index.ts';
import type { DeclineReason, PeerId } from '../model/index.ts';
import { closeAsk } from './asks.ts';
import type { Draft } from './draft.ts';
import { slackMs } from './playback.ts';
import type { Ask, Neighbour } from './state.ts';
import { fileHolding, forgetHoldings, holdingOf, stocksOf } from './stocks.ts';
import * as TUNING from './tuning.ts';

export function onDeclined(draft: Draft, peer: PeerId, requestId: number, reason: DeclineReason): void {
  const neighbour = draft.neighbours.edit(peer);
  const open = neighbour?.asks.get(requestId);
  if (!neighbour || !open) return;
  closeAsk(draft, neighbour, requestId);
  if (open.cancelled) return;
  if (reason === 'busy') {
    // With so much open, it is a fast one, and its queue is of this viewer's own making: all that it declines of one burst is
    // one reason to ask less, and each piece that comes makes room for another one. A pause would let its line run dry.
    const isOurQueue = neighbour.openAsks >= TUNING.initialWindowPieces;
    const isAnew = open.askedAtMs > neighbour.pace.narrowedAtMs;
    if (!isOurQueue || isAnew) {
      neighbour.pace = { ...neighbour.pace, windowPieces: Math.max(1, neighbour.pace.windowPieces / 2), narrowedAtMs: draft.nowMs };
    }
    if (isOurQueue) return;
    // Each time in a row, longer: it is slow, or everyone asks it. Who is about to run dry has no time for that.
    const mostMs = slackMs(draft, open.segment) < TUNING.pressingSlackMs ? TUNING.busyPauseMs : TUNING.mostBusyPauseMs;
    const pauseMs = Math.min(Math.max(TUNING.busyPauseMs, neighbour.pace.pauseMs * (isAnew ? 2 : 1)), mostMs);
    neighbour.pace = { ...neighbour.pace, pausedUntilMs: draft.nowMs + pauseMs, pauseMs };
    return;
  }
  if (reason === 'elsewhere') {
    sentElsewhere(draft, neighbour, open);
    return;
  }
  forgetHoldings(draft, peer, reason === 'off' ? draft.stocks.keys() : [open.segment]);
}

/** The neighbour has pieces that nobody else has to give first: this one is to be had of others, or later. */
function sentElsewhere(draft: Draft, neighbour: Neighbour, { segment, index }: Ask): void {
  const stock = stocksOf(draft, segment).find((one) => holdingOf(one, neighbour));
  const holding = stock && holdingOf(stock, neighbour);
  if (!holding) return;
  const { elsewhere, pieces } = holding;
  const known = elsewhere && elsewhere.untilMs > draft.nowMs ? elsewhere.pieces : Bitfield.empty(pieces.length);
  const untilMs = draft.nowMs + TUNING.elsewhereMs;
  fileHolding(draft, segment, stock.sizeBytes, neighbour, { ...holding, elsewhere: { pieces: known.with(index), untilMs } });
}
