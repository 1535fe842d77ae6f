package dev.howdah.guard.redaction;

import java.util.HashMap;
import java.util.Map;

/** Country calling codes with the lengths of the numbers behind them (ITU-T E.164 and the national numbering plans). */
final class Phones {
    /** Code, shortest, longest; what is not listed has seven to twelve digits. */
    private static final String PLANS = """
        1:10-10 7:10-10 20:8-10 27:9-9 30:10-10 31:9-9 32:8-9 33:9-9 34:9-9 36:8-9 39:6-11 40:9-9 41:9-9 43:7-13 44:9-10
        45:8-8 46:7-13 47:8-8 48:9-9 49:7-12 51:8-9 52:10-11 53:8-8 54:10-11 55:10-11 56:9-9 57:8-10 58:10-10 60:7-10
        61:9-9 62:8-12 63:8-10 64:8-10 65:8-8 66:8-9 81:9-10 82:8-11 84:9-10 86:9-11 90:10-10 91:10-10 92:9-10 93:9-9
        94:9-9 95:7-10 98:10-10 211:9-9 212:9-9 213:8-9 216:8-8 218:9-9 220:7-7 221:9-9 225:8-10 233:9-9 234:8-10
        237:8-9 241:7-8 243:9-9 250:9-9 251:9-9 254:9-9 255:9-9 256:9-9 258:9-9 260:9-9 263:9-10 264:7-10 350:8-8
        351:9-9 352:6-11 353:7-9 354:7-9 355:8-9 356:8-8 357:8-8 358:6-12 359:8-9 370:8-8 371:8-8 372:7-8 373:8-8
        374:8-8 375:9-9 376:6-9 377:8-9 380:9-9 381:8-9 382:8-8 385:8-9 386:8-8 387:8-8 389:8-8 420:9-9 421:9-9
        423:7-9 500:5-5 501:7-7 502:8-8 503:8-8 504:8-8 505:8-8 506:8-8 507:7-8 509:8-8 590:9-9 591:8-8 592:7-7
        593:8-9 594:9-9 595:9-9 596:9-9 597:6-7 598:8-8 673:7-7 675:7-8 676:5-7 679:7-7 685:5-7 689:6-8 850:8-10
        852:8-8 853:8-8 855:8-9 856:8-10 880:8-10 886:8-9 960:7-7 961:7-8 962:8-9 963:8-9 964:8-10 965:8-8 966:9-9
        967:7-9 968:8-8 970:9-9 971:8-9 972:8-9 973:8-8 974:8-8 975:7-8 976:8-8 977:8-10 992:9-9 993:8-8 994:9-9
        995:9-9 996:9-9 998:9-9\
        """;

    private record Plan(int shortest, int longest) {}

    private static final Map<String, Plan> BY_CODE = read();

    private Phones() {}

    /** Whether these digits, without the plus sign, are a number in the world's plan. */
    static boolean isInternational(String digits) {
        for (int length = 1; length <= 3 && length < digits.length(); length++) {
            Plan plan = BY_CODE.get(digits.substring(0, length));
            if (plan != null) {
                int rest = digits.length() - length;
                boolean american = digits.charAt(0) == '1';
                return rest >= plan.shortest()
                        && rest <= plan.longest()
                        && (!american || isNorthAmerican(digits.substring(1)));
            }
        }
        return false;
    }

    /** Area code and exchange begin with 2 to 9. */
    static boolean isNorthAmerican(String ten) {
        return ten.length() == 10 && ten.charAt(0) >= '2' && ten.charAt(3) >= '2' && !ten.startsWith("11", 1);
    }

    private static Map<String, Plan> read() {
        Map<String, Plan> plans = new HashMap<>();
        for (String entry : PLANS.split("\\s+", -1)) {
            int colon = entry.indexOf(':');
            int hyphen = entry.indexOf('-');
            plans.put(
                    entry.substring(0, colon),
                    new Plan(
                            Integer.parseInt(entry, colon + 1, hyphen, 10),
                            Integer.parseInt(entry, hyphen + 1, entry.length(), 10)));
        }
        return Map.copyOf(plans);
    }
}
