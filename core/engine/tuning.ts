/**
 * Every figure the engine's decisions rest on, in one place, each with its reason. They are not
 * configuration: a page cannot know better values, measurements can (see README.md beside this). Constants rather
 * than members of an object: their names, a half kilobyte of the bundle, go as it is made.
 */

/** Origin time is taken this many times longer than measured: the fallback must be safe, not exact. */
export const originTimeMargin = 1.5;
/** A top-up leaves out what is held in between only if it ends so long before the playhead comes. */
export const splitReserveMs = 300;
/** What peers have promised is left to them while the origin has so much of its time to spare, besides that reserve. */
export const promisedShare = 0.25;
/** Besides the origin's own time: appending, decoding, a late timer. */
export const originReserveMs = 400;
/** Assumed until an origin answer has been measured. */
export const assumedFirstByteMs = 300;
/** Assumed origin rate until measured, as a multiple of the segment's own bitrate. */
export const assumedOriginSpeed = 1.5;

/** Each rank in the election of who asks the origin waits this much longer: about one intent's travel over two hops. */
export const rankStepMs = 60;
/** To help a fetcher, or to take over from it, live: all wait for the segment by then, rather than the few whose lists name it first. */
export const knownRankStepMs = 240;
/** Of two neighbours that fetch the same, one gives way as long as it has no more than this part of the segment. */
export const raceShare = 0.25;
/** In a swarm with strangers, a fetcher that uploads less than this multiple of the bitrate is part of one. */
export const fetcherUploadRatio = 4;
/** An election never takes more than this part of the slack. */
export const electionSlackShare = 0.25;
/** An origin that takes so long for a segment is slow: even with no slack, peers may be sooner. */
export const slowOriginMs = 1_000;
/** A line that carries less than this multiple of the bitrate would have another quality played over it. */
export const fitLineRatio = 1.9;
/** An origin that has no more to spare than this part of the time it takes needs the viewer's line for itself ... */
export const lineReserveShare = 0.4;
/** ... until it is clearly late, by this much. */
export const lineLateMs = 300;
/** Beside the first segment, on what may be a line that the origin fills, so many pieces are asked of peers for so long ... */
export const probePieces = 3;
export const probeMs = 300;
/** ... unless what the origin still has to send, besides what may be on the line already, takes less than this: too little to be helped ... */
export const probeLeastRestMs = 750;
/** ... and more once all that comes is so many times what the origin alone brought. */
export const probeGrowth = 1.25;
/** All together at so much of the origin's known rate: the viewer's line is full. */
export const lineFullShare = 0.8;
/** What a fetch is about to bring within this time is on its way already, and would come twice. */
export const originLeadMs = 250;
/** A fetch that would bring nothing for so long that peers have not brought, and so many pieces, is ended. */
export const overtakenMs = 400;
export const overtakenPieces = 4;
/** Whoever fetches a segment that others have brought a piece of within this time is taken to be at work: a second fetch begins half-way ... */
export const atWorkMs = 1_000;
/** ... of so many missing pieces in a row or more. */
export const leastSharedPieces = 8;
/** Of what neighbours have, the origin is asked at the last moment for this part of what is missing, or for so many pieces, or for what it brings in this time ... */
export const partShare = 0.25;
export const leastPartPieces = 4;
export const leastPartMs = 200;
/** ... where that leaves a good deal of it, and so many pieces might come twice without making it late. */
export const mostPartShare = 0.75;
export const leastSparePieces = 2;
/** With no slack, an election takes at most this part of the time that a slow origin is going to take. */
export const electionOriginShare = 0.05;
/** With no slack, peers that bring a segment may pause for this part of the time that a slow origin takes for all of it ... */
export const originTimePatience = 0.25;
/** ... or this many times as long as it takes for its first byte. */
export const firstBytePatience = 1.5;
/** On demand: with this much buffered, a viewer can leave its turn to others ... */
export const fullBufferMs = 15_000;
/** ... for at most this part of its slack. */
export const companionSlackShare = 0.5;
/** ... and so much beyond the time at which the other is expected to ask: positions are told every 10 s. */
export const companionMarginMs = 3_000;
/** Takeovers of a segment whose announced fetcher delivers nothing begin after this part of the slack. */
export const takeoverSlackShare = 0.2;
/** What a fetcher that leaves has given others, they tell of within this time: only the rest is to be fetched again. */
export const leftGivenMs = 400;
/** Live, one that has faster neighbours leaves the fetching to them for the time that it would take to give the segment away, and for this part of its slack at most. */
export const strongerSlackShare = 0.5;
/** Live, with less slack than this part of the segment's duration, several fetch a share of it each, where the fetcher would take this long or longer to give away what is scarce ... */
export const shortSlackShare = 0.875;
export const mostGivingMs = 400;
/** ... those that can give this part of the bitrate; so much as they give away in this time, and so many pieces at least. */
export const leastSharerRatio = 0.5;
export const shareMs = 200;
export const leastSharePieces = 2;
/** All ranks of the swarm are then within this time. */
export const shortElectionMs = 360;
/** Live, a fetcher that is slow is helped by one that can give so many times as much ... */
export const helperUploadRatio = 2;
/** ... so early that the pieces that only the fetcher has are given away, and so much is left for them to reach everyone. */
export const spreadMs = 1_500;
/** Hops over which an intent is passed on; 20 neighbours reach 10,000 viewers in four. */
export const maxIntentHops = 6;
/** Joining: a viewer with slack waits for its first neighbour at most this long. */
export const firstNeighbourWaitMs = 3_000;
export const firstNeighbourSlackShare = 0.5;
/** A new neighbour tells what it holds within a round trip; no longer than this is waited for it. */
export const newNeighbourWaitMs = 1_000;

/** Outstanding requests per neighbour: at first, and at most. */
export const initialWindowPieces = 4;
export const maxWindowPieces = 64;
/** A piece that takes this much longer than the quickest one has queued at the uploader: ask less of it. As long as it may wait there. */
export const targetQueueMs = 300;
/** Pieces asked for and not yet here, of all neighbours together: what the own line carries in this time ... */
export const maxUnderWayMs = 400;
/** ... and no fewer; so many bytes while the line's rate is unknown. */
export const minUnderWayPieces = 6;
export const initialUnderWayBytes = 512 * 1024;
/** Requests that a neighbour leaves without any answer before no more are made of it. */
export const maxUnansweredAsks = 256;
/** A piece not here after this long, or four times as long as its neighbour's pieces take, is asked elsewhere ... */
export const minAskTimeoutMs = 1_000;
/** ... and after this long in any case: what a neighbour's pieces take is its own to say. */
export const mostAskTimeoutMs = 4_000;
/** ... and longer beside a fetch from the origin, which has so many bytes on the viewer's line ahead of it, by this at most. */
export const originAheadBytes = 512 * 1024;
export const mostOriginAheadMs = 1_500;
/** Silence after a neighbour said it was busy; twice as long each time that it says so again before a piece comes, up to so long. */
export const busyPauseMs = 200;
export const mostBusyPauseMs = 800;
/** A piece that a neighbour says is to be had elsewhere is not asked of it again for so long. */
export const elsewhereMs = 400;
/** Within this much slack, a piece that one neighbour has owed for so long, and so many times as long as its pieces take, may be asked of a second one. */
export const endgameSlackMs = 1_500;
export const endgameAskAgeMs = 400;
export const endgameServices = 3;

/** Uploader, live: a segment is new as long as neighbours have so many copies of each of its pieces on average ... */
export const youngCopies = 10;
/** ... and goes first to this many of those that want it, those with the fastest uplinks. */
export const strongerFirst = 5;
/** Uploader: a piece is declined for one that the asker needs, too, and that so many times fewer neighbours have. */
export const scarcerRatio = 3;
/** Uploader: time in the queue beyond which a piece is declined rather than queued: as long as askers stay away, or its line would rest meanwhile ... */
export const maxUploadQueueMs = 300;
/** ... and where it is the only one that waits behind what is being sent. */
export const nextUploadQueueMs = 600;
/** Uploader: an asker with less slack than this has no time to be sent elsewhere, or away and come back ... */
export const pressingSlackMs = 2_100;
/** ... and is queued for so long: a newcomer's few neighbours are mostly busy, and the origin is its only other choice. */
export const pressingQueueMs = 400;
/** Uploader: bytes accepted before its rate is known ... */
export const initialUploadQueueBytes = 128 * 1024;
/** ... and handed to all data channels together: what a line of 256 kbit/s has out in two seconds, and this viewer's requests wait behind it. */
export const unmeasuredInLinksBytes = 64 * 1024;
/** Uploader: no more than goes out within this time is handed to data channels, so that what is more urgent can still come first. */
export const inLinksMs = 60;
/** Uploader: a link that has sent nothing for so long, and for longer than all links together need, is stalled. */
export const stalledLinkMs = 3_000;
/** Uploader: bytes handed to one data channel and not yet sent. */
export const maxLinkBufferBytes = 256 * 1024;
/** Uploads told to others before any was measured, in bit/s. */
export const assumedUploadBps = 2 ** 22;

/** Progress on an unfinished segment is told at most this often where it is so much of the segment ... */
export const announceIntervalMs = 80;
export const announceShare = 0.12;
/** ... and this often where it is less: such news is most of all messages, and few of them make anyone ask. */
export const announceLittleMs = 300;
/** ... but live so often where fewer than so many neighbours have some of the news: the first copies are what takes longest. */
export const announceScarceMs = 40;
export const scarceCopies = 2;
/** Of an unfinished segment neighbours are told in so many groups, one after the other: as many as make at least so many neighbours at a time. */
export const newsGroups = 8;
export const newsAtOnce = 3;
/** Segments per neighbour that are remembered: what it holds beyond is ignored. */
export const maxHoldingsPerNeighbour = 4_096;
/** Segments of which anything at all is remembered: intents of strangers beyond are ignored. */
export const maxSegments = 4_096;
/** Reading ahead from peers, in seconds beyond the playhead. Never from the origin. */
export const readAheadS = 60;
/** Live, a segment that this viewer's list does not hold yet is read ahead where so many neighbours tell of it alike: one may lie ... */
export const upcomingTellers = 2;
/** ... or one that has brought so many pieces: the first copies of what is new are with one neighbour only. */
export const trustedPieces = 16;
/** How many segments are read ahead at a time. */
export const readAheadSegments = 2;

/** While the player waits for a segment, playback is looked at this often: its rate may change, or it may stall. */
export const recheckMs = 1_000;
/** Own origin retries after a body that was cut short. */
export const truncatedRetries = 1;
/** Bad pieces (wrong length, failed digest) after which a neighbour is banned. */
export const maxStrikes = 2;
