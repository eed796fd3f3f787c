import { formatFor } from '../../../../plugins/menu/format.ts';
import { HISTORY_S, MenuModel } from '../../../../plugins/menu/index.ts';
import type { MenuView } from '../../../../plugins/menu/index.ts';
import { SpeedRecorder } from '../../../../plugins/menu/speed-history.ts';
import { LANGUAGES } from '../../../../plugins/menu/strings/index.ts';
import { FakeEngine, fromOrigin, NO_STATS } from '../../../kit/fake-engine.ts';

const KEY = 'playswarm:choices';
const group = (view: MenuView, id: string) => view.groups.find((candidate) => candidate.id === id);
const checked = (view: MenuView, id: string) => group(view, id)?.choices.filter((choice) => choice.checked).map((choice) => choice.id);

describe('menu', () => {
  beforeEach(() => localStorage.removeItem(KEY));
  afterAll(() => localStorage.removeItem(KEY));

  it('shows the page’s configuration until the viewer chooses', () => {
    const view = new MenuModel(new FakeEngine().asEngine(), { language: 'en' }).view();
    expect(view.enabled.checked).toBeTrue();
    expect(checked(view, 'upload')).toEqual(['page']);
    expect(checked(view, 'cellular')).toEqual(['off']);
  });

  it('applies choices to the engine, and again on the next visit', () => {
    const engine = new FakeEngine();
    const model = new MenuModel(engine.asEngine(), { language: 'en' });
    model.toggle();
    model.choose('upload', '2000');
    model.choose('cellular', 'download');
    expect(engine.config).toEqual({ enabled: false, upload: { maxKbps: 2000 }, cellular: 'download' });
    const next = new FakeEngine();
    const view = new MenuModel(next.asEngine(), { language: 'en' }).view();
    expect(next.config).toEqual(engine.config);
    expect([view.enabled.checked, checked(view, 'upload'), checked(view, 'cellular')]).toEqual([false, ['2000'], ['download']]);
    model.choose('upload', '0');
    expect(engine.config.upload).toBeFalse();
    model.choose('upload', 'page');
    expect(engine.config.upload).toBeTrue();
  });

  it('stays below the page’s upload limit, and keeps its other limits', () => {
    const engine = new FakeEngine(fromOrigin, { upload: { maxKbps: 1500, maxMB: 10 } });
    const model = new MenuModel(engine.asEngine(), { language: 'en' });
    expect(group(model.view(), 'upload')?.choices.map((choice) => choice.id)).toEqual(['0', '500', '1000', 'page']);
    model.choose('upload', '500');
    expect(engine.config.upload).toEqual({ maxKbps: 500, maxMB: 10 });
    localStorage.setItem(KEY, '{"upload":5000}');
    const other = new FakeEngine(fromOrigin, { upload: { maxKbps: 1500 } });
    expect(checked(new MenuModel(other.asEngine(), { language: 'en' }).view(), 'upload')).toEqual(['page']);
    expect(other.config.upload).toEqual({ maxKbps: 1500 });
  });

  it('offers no upload where the page allows none', () => {
    const model = new MenuModel(new FakeEngine(fromOrigin, { upload: false }).asEngine(), { language: 'en' });
    expect(group(model.view(), 'upload')).toBeUndefined();
    localStorage.setItem(KEY, '{"upload":"page"}');
    const engine = new FakeEngine(fromOrigin, { upload: false });
    new MenuModel(engine.asEngine(), { language: 'en' });
    expect(engine.config.upload).toBeFalse();
  });

  it('takes nothing from storage that it did not write', () => {
    for (const saved of ['', 'null', '[]', '{"enabled":"no","upload":-1,"cellular":"maybe"}', '{"upload":{}}']) {
      localStorage.setItem(KEY, saved);
      const engine = new FakeEngine();
      new MenuModel(engine.asEngine(), { language: 'en' });
      expect(engine.config).toEqual({});
    }
  });

  it('works without storage', () => {
    spyOnProperty(window, 'localStorage').and.throwError(new DOMException('blocked', 'SecurityError'));
    const engine = new FakeEngine();
    const model = new MenuModel(engine.asEngine(), { language: 'en' });
    model.toggle();
    expect(engine.config.enabled).toBeFalse();
  });

  it('tells of every change until disposed', () => {
    const engine = new FakeEngine();
    const model = new MenuModel(engine.asEngine(), { language: 'en', latencyS: () => 12.34 });
    const views: MenuView[] = [];
    model.subscribe((view) => views.push(view));
    engine.stats = { ...NO_STATS, peers: 3, ratio: 0.645, p2pBytes: 2_500_000, p2pRate: 1_250_000 };
    engine.emit('stats', engine.stats);
    const values = Object.fromEntries(views[0]!.figures.map(({ id, value }) => [id, value]));
    expect(values['peers']).toBe('3');
    expect(values['share']).toMatch(/6[45]%/);
    expect(values['peerSpeed']).toMatch(/^1\.[23] Mb/);
    expect(values['saved']).toBe('2.5 MB');
    expect(values['latency']).toMatch(/^12\.3/);
    expect(views[0]!.graph.p2pBps.at(-1)).toBe(1_250_000);
    engine.explanation = { code: 'alone', sentence: '' };
    engine.emit('explain', engine.explanation);
    expect(views[1]!.working).toBeFalse();
    expect(views[1]!.reason).toBe(LANGUAGES['en']!.reasons.alone);
    model.dispose();
    engine.emit('stats', engine.stats);
    expect(views.length).toBe(2);
    expect(engine.listenerCount()).toBe(0);
  });

  it('changes its language, and speaks English where it does not know one', () => {
    const model = new MenuModel(new FakeEngine().asEngine(), { language: 'pt-BR' });
    expect(model.view().enabled.label).toBe(LANGUAGES['pt']!.enabled);
    model.setLanguage('ar');
    expect(model.view().direction).toBe('rtl');
    model.setLanguage('tlh');
    expect([model.view().language, model.view().enabled.label]).toEqual(['en', LANGUAGES['en']!.enabled]);
  });

  it('says everything in at least twelve languages, each with P2P in its name', () => {
    expect(Object.keys(LANGUAGES).length).toBeGreaterThanOrEqual(12);
    for (const strings of Object.values(LANGUAGES)) {
      expect(strings.title).toContain('P2P');
      const { reasons, ...words } = strings;
      for (const word of [...Object.values(words), ...Object.values(reasons)]) expect(word.trim()).not.toBe('');
      expect(Object.keys(reasons).sort()).toEqual(Object.keys(LANGUAGES['en']!.reasons).sort());
    }
  });

  it('formats in every language, and for invented ones', () => {
    for (const language of [...Object.keys(LANGUAGES), 'x', 'zh_Hans', '!!']) {
      const format = formatFor(language);
      expect(format.rate(2e6)).not.toBe('');
      expect(format.bytes(3e9)).not.toBe('');
    }
    expect(formatFor('en').rate(999_600)).toBe('1 Mb/s'.replace('Mb/s', formatFor('en').rate(1e6).slice(2)));
  });
});

describe('menu: speeds of the last minute', () => {
  const sample = (p2pRate: number) => ({ ...NO_STATS, p2pRate });

  it('has one point a second, oldest first, bridging late statistics but not silence', () => {
    const recorder = new SpeedRecorder();
    recorder.add(1000, sample(10));
    recorder.add(2900, sample(20));
    const { p2pBps, maxBps } = recorder.history(7000);
    expect(p2pBps.length).toBe(HISTORY_S);
    expect(p2pBps.slice(-8)).toEqual([0, 10, 10, 20, 20, 20, 0, 0].slice(0, 8));
    expect(maxBps).toBe(20);
  });

  it('forgets what is older', () => {
    const recorder = new SpeedRecorder();
    for (let second = 0; second < 500; second++) recorder.add(second * 1000, sample(second));
    const { p2pBps } = recorder.history(499_000);
    expect([p2pBps[0], p2pBps.at(-1)]).toEqual([440, 499]);
  });
});
