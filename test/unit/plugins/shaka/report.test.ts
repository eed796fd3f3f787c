import { TransferReport } from '../../../../plugins/shaka/report.ts';

const TIMEOUTS = { timeout: 30_000, connectionTimeout: 10_000, stallTimeout: 5000 };

describe('Shaka: the report of a transfer', () => {
  let reports: [elapsedMs: number, bytes: number, remaining: number][];
  let report: TransferReport;
  const sum = (index: 0 | 1) => reports.reduce((total, each) => total + each[index], 0);

  beforeEach(() => {
    reports = [];
    jasmine.clock().install();
    jasmine.clock().mockDate(new Date(0));
    spyOn(performance, 'now').and.callFake(() => Date.now());
    report = new TransferReport((...each) => reports.push(each), TIMEOUTS);
  });
  afterEach(() => {
    report.end();
    jasmine.clock().uninstall();
  });

  it('keeps Shaka’s timers quiet without samples while peers deliver, and gives one sample in the end', () => {
    report.progress({ loadedBytes: 400_000, totalBytes: 1_000_000 });
    jasmine.clock().tick(3500);
    expect(reports).toEqual([[0, 0, 600_000], [0, 0, 600_000], [0, 0, 600_000]]);
    expect(report.complete(1_000_000, { firstByteMs: 100, transferMs: 900 })).toBe(1000);
    expect(reports.at(-1)).toEqual([1000, 1_000_000, 0]);
  });

  it('is alive more often than the shortest timeout', () => {
    report.end();
    report = new TransferReport((...each) => reports.push(each), { ...TIMEOUTS, stallTimeout: 300 });
    jasmine.clock().tick(310);
    expect(reports.length).toBe(2);
  });

  it('shows a slow origin as it happens, and is quiet when that stalls', () => {
    report.progress({ loadedBytes: 300_000, totalBytes: 1_000_000 });
    report.originRequested();
    expect(report.awaitsFirstByte).toBeTrue();
    jasmine.clock().tick(500);
    report.progress({ loadedBytes: 310_000, totalBytes: 1_000_000 });
    expect(report.awaitsFirstByte).toBeFalse();
    expect(reports.at(-1)).toEqual([500, 10_000, 690_000]);
    const told = reports.length;
    jasmine.clock().tick(20_000);
    expect(reports.length).toBe(told);
  });

  it('adds up to the bytes of the segment, in the time that they took', () => {
    report.originRequested();
    for (let loadedBytes = 100_000; loadedBytes <= 900_000; loadedBytes += 100_000) {
      jasmine.clock().tick(120);
      report.progress({ loadedBytes, totalBytes: 1_000_000 });
    }
    jasmine.clock().tick(120);
    report.complete(1_000_000, { firstByteMs: 100, transferMs: 1100 });
    expect(sum(1)).toBe(1_000_000);
    expect(sum(0)).toBeCloseTo(1200, 6);
  });
});
