/** Calls itself as often as it is told, each call within the one before. */
public class Deep {
    private static long down(int left) {
        return left == 0 ? 0 : 1 + down(left - 1);
    }

    public static void main(String[] arguments) {
        System.out.println(down(Integer.parseInt(arguments[0])));
    }
}
