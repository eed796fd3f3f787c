/**
 * Does the jobs in order, as many at a time as there are cores for their threads, but no more than `most`.
 * @returns their results, in the order of the jobs.
 */
export async function pool(jobs, cores, most) {
  const results = [];
  const running = new Set();
  let free = cores;
  for (const [place, { run, threads }] of jobs.entries()) {
    const needed = Math.min(threads, cores);
    while (free < needed || running.size >= most) await Promise.race(running);
    free -= needed;
    const job = run().then((result) => {
      results[place] = result;
      free += needed;
      running.delete(job);
    });
    running.add(job);
  }
  await Promise.all(running);
  return results;
}
