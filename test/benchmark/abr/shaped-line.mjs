// A viewer's own line of a given speed: a network namespace with one virtual cable to this machine, slow in its direction.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ip = (...args) => execFileSync('ip', args, { stdio: 'pipe' });

/** Needs Linux, root, and iproute2 (`ip`, `tc`). */
export class ShapedLine {
  /** Where this machine is reached from the line. */
  hostAddress = '10.213.77.1';
  #name = `playswarm-${process.pid}`;
  #cable = `psw${process.pid % 10_000}`;
  #folder = mkdtempSync(path.join(tmpdir(), 'playswarm-line-'));

  /** @param {{ downMbps: number }} options */
  constructor({ downMbps }) {
    try {
      ip('netns', 'add', this.#name);
      ip('link', 'add', `${this.#cable}h`, 'type', 'veth', 'peer', 'name', `${this.#cable}v`, 'netns', this.#name);
      ip('addr', 'add', `${this.hostAddress}/24`, 'dev', `${this.#cable}h`);
      ip('link', 'set', `${this.#cable}h`, 'up');
      this.#inside('ip', 'addr', 'add', '10.213.77.2/24', 'dev', `${this.#cable}v`);
      this.#inside('ip', 'link', 'set', `${this.#cable}v`, 'up');
      this.#inside('ip', 'link', 'set', 'lo', 'up');
      // WebRTC offers the address of the default route only.
      this.#inside('ip', 'route', 'add', 'default', 'via', this.hostAddress);
      execFileSync('tc', ['qdisc', 'add', 'dev', `${this.#cable}h`, 'root', 'tbf', 'rate', `${downMbps}mbit`, 'burst', '16kb', 'latency', '150ms'], { stdio: 'pipe' });
    } catch (error) {
      this.remove();
      throw new Error(`A shaped line could not be made (it takes Linux, root and iproute2): ${error.stderr ?? error.message}`, { cause: error });
    }
  }

  /** @returns the path of a command that runs `executable` at the far end of the line. */
  wrap(executable) {
    const file = path.join(this.#folder, path.basename(executable));
    writeFileSync(file, `#!/bin/sh\nexec ip netns exec ${this.#name} ${executable} "$@"\n`);
    chmodSync(file, 0o755);
    return file;
  }

  remove() {
    rmSync(this.#folder, { recursive: true, force: true });
    for (const made of [['link', 'del', `${this.#cable}h`], ['netns', 'del', this.#name]]) {
      try {
        ip(...made);
      } catch {
        // It never was.
      }
    }
  }

  #inside(...command) {
    ip('netns', 'exec', this.#name, ...command);
  }
}
