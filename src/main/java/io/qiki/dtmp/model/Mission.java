package io.qiki.dtmp.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an agent is to do, and what it knows about its surroundings beforehand.
 *
 * @param id name of the mission
 * @param homeWorld where it goes to stay when propellant runs low, m, world frame
 * @param transitMps greatest speed between places, m/s
 * @param goals in their order
 * @param repeat whether to begin again after the last goal; otherwise it stays there
 * @param catalogue known objects, each id once
 * @param allow transponder identities of friends
 * @param deny transponder identities of foes
 */
public record Mission(
        String id,
        Vec3 homeWorld,
        double transitMps,
        List<Goal> goals,
        boolean repeat,
        List<KnownObject> catalogue,
        List<String> allow,
        List<String> deny) {
    /** Greatest number of goals, and of known objects. */
    public static final int MAX_ENTRIES = 64;

    /** Greatest transit speed, m/s: the vehicle stops from it within 60 m at 0.01 m/s2. */
    public static final double MAX_TRANSIT_MPS = 1.0;

    /** Copies; refuses doubles, unknown objects and numbers out of range. */
    public Mission {
        Check.text(id, "mission id");
        Check.present(homeWorld, "home");
        Check.range(transitMps, 0.05, MAX_TRANSIT_MPS, "transit speed", "m/s");
        goals = List.copyOf(goals);
        catalogue = List.copyOf(catalogue);
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
        Check.range(goals.size(), 0, MAX_ENTRIES, "number of goals");
        Check.range(catalogue.size(), 0, MAX_ENTRIES, "number of known objects");
        Set<String> names = new HashSet<>();
        for (KnownObject object : catalogue) {
            Check.that(names.add(object.id()), "known object " + object.id() + " is listed twice");
        }
        for (Goal goal : goals) {
            if (goal instanceof Goal.Observe observe) {
                Check.that(
                        names.contains(observe.object()),
                        "goal "
                                + goal.label()
                                + " observes "
                                + observe.object()
                                + ", which must be in the catalogue");
            }
        }
        for (String identity : allow) {
            Check.that(
                    !deny.contains(identity),
                    "identity " + identity + " must not be on the allow-list and the deny-list");
        }
    }

    /** The known object of an id, if there is one. */
    public Optional<KnownObject> known(String objectId) {
        return catalogue.stream().filter(object -> object.id().equals(objectId)).findFirst();
    }

    /**
     * The default mission in the default scene: up to a place 170 m away, clear of the crossing
     * debris by more than 120 m, hold, observe the station, back, observe again, and so on.
     */
    public static Mission standard() {
        return new Mission(
                "station-watch",
                Vec3.ZERO,
                0.4,
                List.of(
                        new Goal.GoTo("lookout", new Vec3(0, 120, 120), 0.5),
                        new Goal.Hold("stand still", 70),
                        new Goal.Observe("watch the station", "station-1", 14_400),
                        new Goal.GoTo("home", Vec3.ZERO, 0.5),
                        new Goal.Observe("watch from home", "station-1", 14_400)),
                true,
                Scene.station().objects().stream().map(KnownObject::of).toList(),
                List.of("ALLY-STATION-1"),
                List.of());
    }
}
