import type { Hex } from "../kernel/bytes.ts";
import type { DatasetImage, DatasetManifest } from "../dataset/manifest.ts";

/** Something in a folder of pictures. Links are not followed, and nothing but files is ever opened. */
export interface FolderEntry {
  readonly name: string;
  readonly kind: "file" | "link" | "folder" | "other";
}

/** A file as it lies there. */
export interface SourceFile {
  readonly sha256: Hex;
  readonly bytes: number;
  /** What its first bytes say it is, if they say anything: PNG, TIFF, SVG ... */
  readonly looks: string | undefined;
}

/** The licences file: what it is called, what it holds, and under which name it lies in the folder of pictures, if it lies there. */
export interface LicencesSource {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly inFolder: string | undefined;
}

/** A folder of pictures to seal, and the texts of licences beside the licences file. */
export interface PictureFolder {
  /** Everything in it, in the order of the names' UTF-16 units. @throws FatalError `files/*`, `dataset/too-many-pictures`. */
  list(): Promise<readonly FolderEntry[]>;
  /**
   * Hashes a file without holding it.
   * @throws FatalError `files/*`; `picture/not-a-file`, `picture/empty`, `picture/too-heavy`.
   */
  look(name: string): Promise<SourceFile>;
  /**
   * A licence text, by its path beside the licences file.
   * @throws FatalError `licence/bad-path` if the path leads elsewhere, `licence/no-text` if no text lies there.
   */
  licenceText(path: string): Promise<Uint8Array>;
  /** The licences file. @throws FatalError `files/*`, `licence/bad-file`. */
  licences(): Promise<LicencesSource>;
}

/** A picture as a dataset has it. */
export interface DecodedPicture {
  /** Of the very bytes that were decoded. */
  readonly sha256: Hex;
  readonly format: DatasetImage["source"]["format"];
  /** As the file says. */
  readonly width: number;
  readonly height: number;
  /** Pictures in the file; the first was taken. */
  readonly frames: number;
  readonly notes: DatasetImage["normalised"]["notes"];
  /** 256 x 256 x 3 bytes of sRGB. */
  readonly rgb: Uint8Array;
}

/** Reads pictures of strangers: apart from this process, within limits of size, memory and time. */
export interface PictureDecoder {
  /**
   * @throws FatalError `picture/wrong-format`, `picture/too-small`, `picture/too-large`, `picture/too-heavy`, `picture/empty`,
   * `picture/truncated`, `picture/damaged`, `picture/too-much-memory`, `picture/too-slow`, `picture/decoder-died`; each of them concerns
   * this picture only.
   */
  decode(name: string): Promise<DecodedPicture>;
  /** Most bytes that its process ever had, as far as the system tells; 0 where it does not. */
  peak(): number;
  close(): Promise<void>;
}

/** A dataset that grows beside its place, and takes it when it is whole. */
export interface DatasetStage {
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** A file that was written before; the pixels of a picture that was. */
  read(path: string): Promise<Uint8Array>;
  picture(path: string): Promise<Uint8Array>;
  /** What stood in its place is moved aside, never overwritten; returns where to, if there was something. */
  finish(): Promise<string | undefined>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}

/** A sealed dataset on disk. */
export interface SealedDataset {
  readonly manifest: DatasetManifest;
  /** The bytes of `manifest.json`. */
  readonly bytes: Uint8Array;
  /**
   * The picture at this place of the manifest, 256 x 256 x 3 bytes of sRGB, its file's hash checked.
   * @throws FatalError `dataset/damaged`, `files/*`.
   */
  picture(place: number): Promise<Uint8Array>;
}

/** Where datasets lie. */
export interface Datasets {
  /** @throws FatalError `dataset/bad-manifest`, `dataset/root-differs`, `files/*`. */
  open(directory: string): Promise<SealedDataset>;
  /** @throws FatalError `files/*`. */
  stage(directory: string): Promise<DatasetStage>;
  /** A file of a dataset; links are not followed. @throws FatalError `files/*`, `dataset/damaged`. */
  read(directory: string, path: string): Promise<Uint8Array>;
  /** Replaces a file in one step. @throws FatalError `files/*`. */
  replace(directory: string, path: string, bytes: Uint8Array): Promise<void>;
}
