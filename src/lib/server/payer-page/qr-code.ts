import { correction, generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';

/** A QR code as the path of its dark squares; its side in squares. */
export interface QrCode {
	size: number;
	path: string;
}

/** Undefined: the text is longer than any code holds. */
export function qrCode(text: string): QrCode | undefined {
	try {
		// Level M, which banks' schemes ask for (EPC069-12, 2.5).
		const level = correction.M;
		const code = generate(text, { minCorrectionLevel: level, maxCorrectionLevel: level });
		return { size: code.size, path: toSvgPath(code) };
	} catch {
		return undefined;
	}
}
