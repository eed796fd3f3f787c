import type { Explanation, P2PStats } from '../../core/index.ts';
import type { Format } from './format.ts';
import type { Settings } from './settings.ts';
import type { SpeedHistory } from './speed-history.ts';
import type { Strings } from './strings/index.ts';

/** Something that can be switched or picked. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  readonly checked: boolean;
}

/** Choices of which exactly one is checked. */
export interface ChoiceGroup {
  readonly id: 'upload' | 'cellular';
  readonly label: string;
  readonly choices: readonly Choice[];
}

export interface Figure {
  readonly id: 'peers' | 'share' | 'peerSpeed' | 'originSpeed' | 'uploadSpeed' | 'saved' | 'uploaded' | 'latency';
  readonly label: string;
  readonly value: string;
}

/** All that a menu shows, in words. */
export interface MenuView {
  /** BCP 47 tag of the words. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly title: string;
  /** The state in a word or two: the part that came from peers, or nothing while that does not work. */
  readonly brief: string;
  /** For the button: the title and the state in brief. */
  readonly summary: string;
  readonly enabled: Choice;
  readonly groups: readonly ChoiceGroup[];
  readonly statisticsLabel: string;
  readonly figures: readonly Figure[];
  readonly graph: SpeedHistory & { readonly label: string };
  readonly working: boolean;
  /** Why P2P is or is not working. */
  readonly reason: string;
}

export interface ViewInput {
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly strings: Strings;
  readonly format: Format;
  readonly settings: Settings;
  readonly stats: P2PStats;
  readonly explanation: Explanation;
  readonly history: SpeedHistory;
  /** Seconds behind live; absent on demand. */
  readonly latencyS: number | undefined;
}

export function viewOf(input: ViewInput): MenuView {
  const { strings, format, settings, stats, explanation, history, language, direction } = input;
  const working = explanation.code === 'working';
  const reason = strings.reasons[explanation.code];
  return {
    language,
    direction,
    title: strings.title,
    brief: working ? format.share(stats.ratio) : '',
    summary: working ? `${strings.title}: ${format.count(stats.peers)} · ${format.share(stats.ratio)}` : `${strings.title}: ${reason}`,
    enabled: { id: 'enabled', label: strings.enabled, checked: settings.state().enabled },
    groups: [...uploadGroup(input), cellularGroup(input)],
    statisticsLabel: strings.statistics,
    figures: figuresOf(input),
    graph: { ...history, label: strings.graph },
    working,
    reason,
  };
}

function uploadGroup({ settings, strings, format }: ViewInput): ChoiceGroup[] {
  const pageLimitKbps = settings.pageLimitKbps();
  if (pageLimitKbps === 0) return [];
  const { upload } = settings.state();
  const choice = (value: number | 'page', label: string): Choice => ({ id: String(value), label, checked: upload === value });
  return [
    {
      id: 'upload',
      label: strings.upload,
      choices: [
        choice(0, strings.uploadOff),
        ...settings.uploadLimitsKbps().map((limit) => choice(limit, format.rate(limit * 1000))),
        choice('page', pageLimitKbps === Infinity ? strings.uploadUnlimited : format.rate(pageLimitKbps * 1000)),
      ],
    },
  ];
}

function cellularGroup({ settings, strings }: ViewInput): ChoiceGroup {
  const { cellular } = settings.state();
  return {
    id: 'cellular',
    label: strings.mobile,
    choices: [
      { id: 'off', label: strings.mobileOff, checked: cellular === 'off' },
      { id: 'download', label: strings.mobileDownload, checked: cellular === 'download' },
      { id: 'on', label: strings.mobileOn, checked: cellular === 'on' },
    ],
  };
}

function figuresOf({ strings, format, stats, latencyS }: ViewInput): Figure[] {
  return [
    { id: 'peers', label: strings.peers, value: format.count(stats.peers) },
    { id: 'share', label: strings.share, value: format.share(stats.ratio) },
    { id: 'peerSpeed', label: strings.peerSpeed, value: format.rate(stats.p2pRate) },
    { id: 'originSpeed', label: strings.originSpeed, value: format.rate(stats.httpRate) },
    { id: 'uploadSpeed', label: strings.uploadSpeed, value: format.rate(stats.uploadRate) },
    { id: 'saved', label: strings.saved, value: format.bytes(stats.p2pBytes) },
    { id: 'uploaded', label: strings.uploaded, value: format.bytes(stats.uploadBytes) },
    ...(latencyS === undefined ? [] : [{ id: 'latency' as const, label: strings.latency, value: format.seconds(latencyS) }]),
  ];
}
