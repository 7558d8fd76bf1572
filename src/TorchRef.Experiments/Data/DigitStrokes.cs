using System.Globalization;

namespace TorchRef.Experiments.Data;

/// <summary>How people write each digit: for every digit several ways, each a few strokes of the pen.</summary>
/// <remarks>
/// A way of writing is text: points "x,y" in percent of a box whose y axis points down, in the order of the pen; a "|"
/// starts a new stroke. A curve passes smoothly through the points of a stroke, so a corner is where one stroke ends and
/// the next one starts. An approximate width, in percent of the height, comes first.
/// </remarks>
internal static class DigitStrokes
{
    private static readonly string[][] Texts =
    [
        // 0: closed; open with overlapping ends; narrow and leaning; started on the right.
        [
            "70: 50,0 18,14 2,50 16,86 50,100 84,86 98,50 82,14 50,0",
            "72: 62,6 30,4 5,38 10,78 42,100 80,84 97,45 82,10 50,2 34,14",
            "52: 64,0 22,22 2,66 24,99 62,88 96,42 88,8 60,1",
            "74: 88,22 60,0 22,12 2,52 20,92 58,99 92,72 98,36 84,10",
        ],

        // 1: a bare stroke; leaning; with a flag; with a flag and a foot; bowed.
        [
            "12: 50,0 52,50 50,100",
            "40: 92,0 50,52 8,100",
            "34: 5,26 60,2 90,0 | 90,0 84,50 80,100",
            "52: 14,24 40,10 54,0 | 54,0 54,50 52,98 | 8,100 52,97 96,99",
            "20: 70,0 40,32 34,66 60,100",
        ],

        // 2: flat foot; loop at the foot; sharp foot like a Z; swan neck.
        [
            "66: 8,24 28,3 66,2 88,26 70,58 34,84 4,98 | 4,98 42,94 96,97",
            "74: 8,20 38,0 78,10 84,40 52,74 18,97 2,90 14,78 44,86 74,99 98,90",
            "68: 4,10 46,0 88,8 78,40 40,72 4,97 | 4,97 50,100 96,92",
            "70: 18,30 14,10 42,0 76,12 74,42 44,72 6,94 | 6,94 36,84 66,98 98,88",
        ],

        // 3: round; flat top; a small loop at the waist; flat and wide below.
        [
            "62: 8,14 40,0 80,12 76,36 36,47 | 36,47 78,54 96,78 64,99 22,97 2,86",
            "64: 6,3 48,4 90,2 | 90,2 66,24 42,40 | 42,40 84,50 95,78 62,100 6,90",
            "64: 12,10 48,0 82,18 62,40 38,48 34,40 50,42 88,62 88,88 48,100 4,88",
            "56: 16,4 58,2 84,18 60,42 40,47 | 40,47 82,60 84,86 40,99 2,92",
        ],

        // 4: open; closed triangle; open and round; a chair in one stroke and a pole; pole beyond the bar.
        [
            "70: 14,0 6,28 5,56 | 5,56 48,57 96,52 | 80,2 76,50 72,100",
            "72: 72,0 38,34 2,68 | 2,68 50,67 98,66 | 72,0 71,50 70,100",
            "66: 20,2 6,30 16,54 52,54 82,36 | 92,0 82,46 70,100",
            "62: 30,0 14,24 4,54 40,60 90,56 | 66,26 62,62 56,100",
            "60: 10,4 12,30 22,48 56,50 88,40 | 90,4 88,50 86,100",
        ],

        // 5: belly and hat in the order of school; one stroke like an S; hat apart from the body; angular.
        [
            "62: 26,2 20,22 16,44 | 16,44 50,36 88,54 84,86 46,100 2,90 | 26,2 60,3 94,0",
            "64: 96,2 52,3 22,16 24,38 60,50 86,70 64,96 24,100 2,92",
            "66: 30,10 24,28 20,46 | 20,46 54,40 84,62 74,92 36,100 4,86 | 36,8 66,6 98,0",
            "60: 90,4 24,4 | 24,4 14,46 | 14,46 64,42 92,68 66,98 4,96",
        ],

        // 6: leaning back; upright; hooked at the top; a wide belly that ends inside.
        [
            "58: 76,0 36,26 8,62 22,96 60,99 88,78 66,56 32,62 12,80",
            "54: 44,0 14,38 4,74 30,99 74,95 92,70 60,52 22,64 8,80",
            "60: 90,10 64,0 28,20 6,60 28,98 74,95 82,66 46,56 14,76",
            "66: 58,0 22,24 2,62 20,96 62,100 98,78 78,54 44,58 34,76",
        ],

        // 7: plain; with a bar; with a serif at its start; curved neck; curved with a bar.
        [
            "62: 2,5 48,5 94,2 | 94,2 64,46 36,100",
            "64: 2,6 50,5 96,3 | 96,3 66,48 40,100 | 28,52 60,50 92,47",
            "62: 6,22 8,4 | 8,4 50,6 94,4 | 94,4 62,44 46,100",
            "60: 3,14 28,2 62,7 92,6 | 92,6 66,34 48,68 44,100",
            "66: 3,12 30,4 64,8 96,2 | 96,2 68,42 46,98 | 34,54 58,52 88,54",
        ],

        // 8: an S closed on the way back; two circles; open at the top right; narrow waist, leaning.
        [
            "58: 80,14 46,0 14,20 38,44 84,70 62,99 20,95 10,70 46,48 84,24 76,8",
            "54: 50,0 22,8 18,34 50,46 82,34 80,8 50,0 | 50,46 12,58 8,88 50,100 92,88 90,58 50,46",
            "62: 88,6 48,3 16,22 48,46 84,74 52,100 14,80 42,52 94,10",
            "48: 92,12 62,0 28,20 44,44 66,72 38,100 6,84 34,54 82,32 90,14",
        ],

        // 9: round head with a straight leg; curved tail; narrow with a leg apart; open head.
        [
            "56: 84,24 50,0 10,20 18,48 58,48 84,22 | 86,14 80,56 70,100",
            "60: 86,24 50,0 12,18 24,48 64,42 88,14 | 88,14 90,56 64,94 18,94",
            "52: 86,26 56,2 14,14 8,40 48,50 86,26 | 86,26 72,60 52,100",
            "60: 92,6 52,2 10,22 18,46 56,48 92,14 | 92,14 82,54 78,100",
        ],
    ];

    private static readonly PenPath[][] Paths = Array.ConvertAll(Texts, texts => Array.ConvertAll(texts, Parse));

    /// <summary>The ways to write a digit from 0 to 9; all are equally likely.</summary>
    public static ReadOnlySpan<PenPath> Of(int digit) => Paths[digit];

    private static PenPath Parse(string text)
    {
        string[] parts = text.Split(':');
        float width = Percent(parts[0]);
        PenPoint[][] strokes = Array.ConvertAll(parts[1].Split('|'), stroke =>
            Array.ConvertAll(stroke.Split(' ', StringSplitOptions.RemoveEmptyEntries), point =>
            {
                string[] pair = point.Split(',');
                return new PenPoint(Percent(pair[0]) * width, Percent(pair[1]));
            }));
        return new PenPath(strokes);
    }

    private static float Percent(string text) => int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture) / 100f;
}
